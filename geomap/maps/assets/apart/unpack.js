/* Runs in the frame of a notebook's output: puts the page, which is deflated there, in its own place. */
const packed = atob(document.getElementById("geomap-page").textContent);
const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
new Response(stream).text().then((page) => {
  document.open();
  document.write(page); // eslint-disable-line no-restricted-properties -- the page as it was made, with its own policy
  document.close();
});
