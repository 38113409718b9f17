import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A small site of our own with one feed on it, for as long as the test runs. */
export async function serveFeed(
  items: () => readonly { id: string; title: string; html: string }[],
): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/feed.xml') return response.writeHead(404).end();
    const entries = items().map(
      ({ id, title, html }, index) => `<item><title>${title}</title><guid isPermaLink="false">${id}</guid>
        <link>https://corner.example/${id}</link><pubDate>${new Date(Date.now() - (index + 1) * 60_000).toUTCString()}</pubDate>
        <author>kit@corner.example (Kit of the Corner)</author><description><![CDATA[${html}]]></description></item>`,
    );
    response.setHeader('content-type', 'application/rss+xml; charset=utf-8');
    return response.end(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>The Widget Corner</title>
       <link>https://corner.example/</link><description>Talk</description>${entries.join('')}</channel></rss>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
}
