/** The same shape of API as Mooring's, but neither frozen nor isolated, and with the way to every channel. */
const { ipcRenderer } = require('electron');

const calls = {};
for (const name of process.env.WEAK_CALL_NAMES.split(',')) {
  const [topic, verb] = name.split('.');
  calls[topic] = calls[topic] ?? {};
  calls[topic][verb] = (callId, input) => ipcRenderer.invoke(`mooring.call.${name}`, { callId, input });
}
window.api = { calls, ipcRenderer };
