import { connect } from "./event-stream.js";

/** One stream for all tabs of a browser: each would take one of the six connections that it allows to a server. */
const tabs = new Set();
let open = false;
let clock = null;

function tell(...message) {
  for (const tab of tabs) tab.postMessage(message);
}

self.onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  // The one thing a tab says is that it goes.
  tab.onmessage = () => tabs.delete(tab);
  if (open) tab.postMessage(["opened"]);
  if (open && clock !== null) tab.postMessage(["message", "clock", clock]);
};

connect({
  opened: () => {
    open = true;
    tell("opened");
  },
  failed: () => {
    open = false;
    tell("failed");
  },
  message: (name, record) => {
    if (name === "clock") clock = record;
    tell("message", name, record);
  },
});
