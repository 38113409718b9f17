import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Feeds as somebody would make them to do harm, served by a process of its own so that what it takes to make
 * them is not counted as what it takes to read them. Prints its port; ends with its standard input.
 */
const head = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>';
const megabyte = 1024 * 1024;
const item = (index: number, words: string): string =>
  `<item><guid>g${index}</guid><title>Item ${index}</title><link>https://a.example/${index}</link><description>${words}</description></item>`;

interface Hostile {
  readonly start: string;
  /** Repeated until `length`. */
  readonly unit: (index: number) => string;
  readonly length: number;
  readonly end: string;
}

const lorem = '&lt;p&gt;lorem &lt;b&gt;ipsum&lt;/b&gt; dolor &amp;amp; sit&lt;/p&gt;'.repeat(8);
const endless = Number.POSITIVE_INFINITY;
const feeds: Readonly<Record<string, Hostile>> = {
  'fifty-megabytes': {
    start: head,
    unit: (index) => item(index, lorem),
    length: 50 * megabyte,
    end: '</channel></rss>',
  },
  'fifty-megabytes-cyrillic': {
    start: head,
    unit: (index) => item(index, 'привет, мир '.repeat(30)),
    length: 50 * megabyte,
    end: '',
  },
  'endless-items': { start: head, unit: (index) => item(index, ''), length: endless, end: '' },
  'endless-empty-items': { start: head, unit: () => '<item/>', length: endless, end: '' },
  'endless-text': {
    start: `${head}${item(1, 'x')}<item><description>`,
    unit: () => 'lorem ipsum ',
    length: endless,
    end: '',
  },
  'endless-cdata': {
    start: `${head}${item(1, 'x')}<item><description><![CDATA[`,
    unit: () => 'при ',
    length: endless,
    end: '',
  },
  'endless-comment': { start: `${head}${item(1, 'x')}<!--`, unit: () => '- ', length: endless, end: '' },
  'endless-attribute': {
    start: `${head}${item(1, 'x')}<item a="`,
    unit: () => 'xxxx',
    length: endless,
    end: '',
  },
  'endless-attributes': {
    start: `${head}${item(1, 'x')}<item `,
    unit: (index) => `a${index}="1" `,
    length: endless,
    end: '',
  },
  'endless-entities': {
    start: `${head}${item(1, 'x')}<item><title>`,
    unit: () => '&lt;',
    length: endless,
    end: '',
  },
  'endless-elements': { start: `${head}${item(1, 'x')}<item>`, unit: () => '<a/>', length: endless, end: '' },
  'endless-json': {
    start: '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"t"}',
    unit: () => ',[]',
    length: endless,
    end: '',
  },
  'endless-json-members': {
    start: '{"version":"https://jsonfeed.org/version/1"',
    unit: (index) => `,"${index}":[]`,
    length: endless,
    end: '',
  },
  'endless-space': { start: '', unit: () => ' ', length: endless, end: '' },
  'entity-bomb': {
    start: `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 25 }, (_, index) => `<!ENTITY ${String.fromCharCode(98 + index)} "${`&${String.fromCharCode(97 + index)};`.repeat(10)}">`).join('')}]>${head}`,
    unit: (index) => `<item><guid>${index}</guid><title>&z;&y;</title></item>`,
    length: 2_000,
    end: '</channel></rss>',
  },
  deep: { start: `${head}${item(1, 'x')}<item>`, unit: () => '<a>', length: 3 * 200_000, end: '' },
  'deep-html': {
    start: `${head}<item><guid>1</guid><description>`,
    unit: () => '&lt;div&gt;',
    length: 11 * 200_000,
    end: '</description></item></channel></rss>',
  },
  'deep-json': {
    start: '{"version":"https://jsonfeed.org/version/1","items":[',
    unit: () => '[',
    length: 200_000,
    end: '',
  },
};

function serve(hostile: Hostile, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  let [sent, index] = [0, 0];
  const next = (): string => {
    let text = '';
    while (text.length < 65_536 && sent + text.length < hostile.length) text += hostile.unit(index++);
    sent += text.length;
    return text;
  };
  const pump = (): void => {
    while (!response.destroyed) {
      if (sent >= hostile.length) return void response.end(hostile.end);
      if (!response.write(next())) return void response.once('drain', pump);
    }
  };
  response.write(hostile.start);
  pump();
}

const server = createServer((request, response) => {
  const hostile = feeds[request.url?.slice(1) ?? ''];
  if (hostile === undefined) response.writeHead(404).end();
  else serve(hostile, response);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port} ${Object.keys(feeds).join(' ')}\n`);
});
process.stdin.resume().on('end', () => process.exit());
