/* Browsers give pages that are opened from disk no workers. The search's script then runs in a hidden frame. */
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.srcdoc = "<!doctype html>";
      this.ready = new Promise((resolve) => this.frame.addEventListener("load", resolve, { once: true })).then(
        () => this.load(new URL(url, location.href)),
      );
      document.body.append(this.frame);
    }

    load(url) {
      const inside = this.frame.contentWindow;
      // what the script says to its parent must not come back to itself
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      return new Promise((resolve, reject) => {
        const script = inside.document.createElement("script");
        script.src = url;
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
        inside.document.body.append(script);
      });
    }

    postMessage(data) {
      this.ready.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
