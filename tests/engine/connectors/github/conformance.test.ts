import { gitHubConnector } from '../../../../electron/engine/connectors/github/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { type GitHubStandIn, gitHubStandIn } from './github-stand-in.ts';

const server = ({ url }: GitHubStandIn) => ({ apiUrl: url, allowPrivateNetwork: true });
const account = (standIn: GitHubStandIn) => ({
  settings: server(standIn),
  way: 'token',
  entered: { token: standIn.token },
});

conformance({
  name: 'GitHub with its issues',
  connector: gitHubConnector,
  start: (now) => gitHubStandIn(now, 'Issue'),
  source: () => ({ settings: { what: 'repository', repositories: 'orbit/tools' }, usesAccount: true }),
  otherSource: (standIn) => ({ settings: { what: 'search', ...server(standIn) }, usesAccount: false }),
  account,
  morePagesThan: 100,
  without: {
    'a reply to our own reply goes under it': 'comments of an issue stand side by side',
    'what is done to a mention may be done twice': 'what starts a thread cannot be hidden',
  },
});

conformance({
  name: 'GitHub with its discussions',
  connector: gitHubConnector,
  start: (now) => gitHubStandIn(now, 'Discussion'),
  source: () => ({ settings: { what: 'discussions', repositories: 'orbit/tools' }, usesAccount: true }),
  otherSource: () => ({ settings: { what: 'discussions' }, usesAccount: true }),
  account,
  morePagesThan: 25,
  without: { 'what is done to a mention may be done twice': 'what starts a thread cannot be hidden' },
});
