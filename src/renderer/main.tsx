import './lib/preparePage.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { settingsStore } from './features/settings/index.tsx';
import { vaultStore } from './features/vault/index.ts';
import { readCspNonce } from './lib/cspNonce.ts';
import { followTyping } from './lib/typing.ts';
import { followFailures } from './lib/windowFailures.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

followFailures();
followTyping();
vaultStore.getState().start();
// The first picture already has the chosen colours, and shows nothing of a locked app.
await Promise.all([settingsStore.getState().load(), vaultStore.getState().load()]);
createRoot(root).render(
  <StrictMode>
    <App nonce={readCspNonce()} />
  </StrictMode>,
);
