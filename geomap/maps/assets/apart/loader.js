/* Runs in the page before our modules, which it takes out of their block; the policy of the page names their hash. */
window.geomapInflated = async (text) => {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
window
  .geomapInflated(document.getElementById("geomap-modules").textContent)
  .then((bytes) => {
    const script = document.createElement("script");
    script.type = "module";
    script.textContent = new TextDecoder().decode(bytes);
    document.body.append(script);
  })
  .catch((error) => {
    document.documentElement.classList.remove("live"); /* the plain picture and list stand in */
    throw error;
  });
