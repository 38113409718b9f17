import './client/zod-without-eval.ts';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { showRememberedTheme } from './app/use-theme.ts';
import { connect } from './client/connect.ts';

showRememberedTheme();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const client = await connect();
createRoot(root).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
