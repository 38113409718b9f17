import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { buildIfNeeded } from '../../electron/build.mjs';
import { runScript } from '../helpers/run-program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const texts: Readonly<Record<string, string>> = {
  English: 'I love this wonderful kettle, it is excellent and makes me very happy every morning.',
  Spanish: 'Me encanta esta tetera, es excelente y maravillosa, estoy muy feliz con la compra de ayer.',
  Portuguese: 'Adoro esta chaleira, é excelente e maravilhosa, estou muito feliz com a compra de ontem.',
  German: 'Der Wasserkocher ist wunderbar und ausgezeichnet, ich bin sehr glücklich mit dem Kauf gestern.',
  Dutch: 'De waterkoker is prachtig en uitstekend, ik ben heel gelukkig met de aankoop van gisteren.',
  French: 'Cette bouilloire est magnifique et excellente, je suis très heureux de mon achat de hier soir.',
  Italian: 'Questo bollitore è bellissimo ed eccellente, sono molto felice del mio acquisto di ieri sera.',
};

beforeAll(() => buildIfNeeded().then(() => undefined), 120_000);

it('the built engine finds its word lists in every language it claims', async () => {
  const items = Object.entries(texts).map(
    ([name, text]) => `<item><guid>${name}</guid><description>${text}</description></item>`,
  );
  const server = createServer((_request, response) =>
    response.end(`<rss version="2.0"><channel><title>t</title>${items.join('')}</channel></rss>`),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const directory = temporaryDirectory();
  const earshot = async (method: string, params: object): Promise<unknown> =>
    JSON.parse(
      (await runScript('electron/cli.mjs', [method, JSON.stringify(params), '--data-dir', directory])).stdout,
    );

  await earshot('sources.add', {
    connector: 'feeds',
    settings: { url: `http://127.0.0.1:${port}/`, allowPrivateNetwork: true },
  });
  await earshot('sources.pollNow', {});
  const { items: rows } = (await earshot('inbox.list', {})) as {
    items: { externalId: string; sentiment: { label: string } }[];
  };
  expect(Object.fromEntries(rows.map(({ externalId, sentiment }) => [externalId, sentiment.label]))).toEqual(
    Object.fromEntries(Object.keys(texts).map((name) => [name, 'positive'])),
  );
});
