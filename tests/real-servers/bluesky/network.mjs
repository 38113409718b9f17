/**
 * Copied into the folder where the servers are installed, and run there: a PDS with its directory of accounts, and the
 * whole network where DB_POSTGRES_URL and REDIS_HOST are set. Says where it listens in one line, ends with its input.
 */
// @ts-nocheck -- its imports are in that folder alone
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env';

const isWhole = Boolean(process.env.DB_POSTGRES_URL && process.env.REDIS_HOST);
const settings = { pds: { inviteRequired: false } };
const network = isWhole
  ? await TestNetwork.create({ ...settings, dbPostgresSchema: process.env.DB_POSTGRES_SCHEMA })
  : await TestNetworkNoAppView.create(settings);
const { adminPassword, jwtSecret } = network.pds;
console.log(
  `READY ${JSON.stringify({
    isWhole,
    pds: network.pds.url,
    appView: isWhole ? network.bsky.url : '',
    directory: network.plc.url,
    adminPassword: adminPassword ?? 'admin-pass',
    jwtSecret: jwtSecret ?? 'jwt-secret',
  })}`,
);
process.stdin.resume();
process.stdin.on('end', () => {
  const patience = setTimeout(() => process.exit(0), 5_000);
  void network.close().finally(() => {
    clearTimeout(patience);
    process.exit(0);
  });
});
