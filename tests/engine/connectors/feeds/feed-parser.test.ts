import { describe, expect, it } from 'vitest';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { bodyText, parse } from './expectation.ts';

const rss = (items: string, head = ''): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://site.example/</link>${head}${items}</channel></rss>`;
const atom = (entries: string, attributes = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${attributes}><title>T</title>${entries}</feed>`;
const first = (document: string, url = 'https://site.example/feed') => {
  const item = parse(document, { url }).items[0];
  if (item === undefined) throw new Error('no item');
  return item;
};
const failure = (document: string | Uint8Array): EarshotError => {
  try {
    parse(document);
  } catch (error) {
    if (error instanceof EarshotError) return error;
    throw error;
  }
  throw new Error('it was read as a feed');
};

describe('RSS', () => {
  it('prefers the full text, the person and the date of publication', () => {
    const item = first(
      rss(`<item xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <title>A &amp;amp; B &lt;b&gt;c&lt;/b&gt;</title><link>/1</link><guid isPermaLink="false"> g-1 </guid>
        <description>short</description><content:encoded><![CDATA[<p>full</p>]]></content:encoded>
        <author>ann@site.example (Ann)</author><dc:creator>Ann Author</dc:creator>
        <pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><dc:date>2020-01-01</dc:date></item>`),
    );
    expect(item).toMatchObject({
      id: 'g-1',
      link: 'https://site.example/1',
      title: 'A & B c',
      author: { name: 'Ann Author' },
      publishedAt: Date.UTC(2026, 10, 20, 10),
    });
    expect(bodyText(item)).toBe('full');
  });

  it.each([
    ['<guid>https://site.example/p</guid>', 'https://site.example/p'],
    ['<guid isPermaLink="false">https://site.example/p</guid>', null],
    ['<guid>p-1</guid>', null],
    ['<link></link><guid>https://site.example/p</guid>', 'https://site.example/p'],
    [
      '<link>\n https://site.example/q \n</link><guid>https://site.example/p</guid>',
      'https://site.example/q',
    ],
    ['<link>javascript:alert(1)</link>', null],
    ['<a:link xmlns:a="http://www.w3.org/2005/Atom" href="/q"/>', 'https://site.example/q'],
    ['<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/q"/>', null],
    [
      '<link>https://proxy.example/1</link><feedburner:origLink>https://site.example/1</feedburner:origLink>',
      'https://site.example/1',
    ],
  ])('%s opens %s', (inner, link) => {
    expect(first(rss(`<item>${inner}</item>`)).link).toBe(link);
  });

  it.each([
    ['ann@site.example (Ann Lee)', { name: 'Ann Lee', email: 'ann@site.example' }],
    ['Ann Lee &lt;ann@site.example&gt;', { name: 'Ann Lee', email: 'ann@site.example' }],
    ['mailto:ann@site.example', { name: null, email: 'ann@site.example' }],
    ['Ann &amp;amp; Bo', { name: 'Ann & Bo', email: null }],
  ])('the author %s', (text, person) => {
    expect(first(rss(`<item><author>${text}</author></item>`)).author).toMatchObject(person);
  });

  it('says when to ask again', () => {
    const feed = parse(
      rss(
        '',
        `<ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
         <skipHours><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>`,
      ),
    );
    expect(feed).toMatchObject({ intervalMs: 6 * 3_600_000, skipHours: [0], skipDays: [0] });
  });

  it('knows vocabularies by their address, and by their usual prefix where that is all there is', () => {
    const declared = '<item><x:creator xmlns:x="http://purl.org/dc/elements/1.1/">Ann</x:creator></item>';
    const usual = '<item><dc:creator>Ann</dc:creator></item>';
    const foreign = '<item><title xmlns="https://other.example/ns">No</title><title>Yes</title></item>';
    expect(first(rss(declared)).author?.name).toBe('Ann');
    expect(first(rss(usual)).author?.name).toBe('Ann');
    expect(first(rss(foreign)).title).toBe('Yes');
  });

  it('leaves names, ids and titles that were not given empty', () => {
    expect(first(rss('<item><description>only words</description></item>'))).toMatchObject({
      id: null,
      link: null,
      title: null,
      author: null,
      publishedAt: null,
    });
  });
});

describe('RDF', () => {
  it('reads items beside the channel, with their address as id', () => {
    const feed =
      parse(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
      <channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link></channel>
      <image><title>No</title></image>
      <item rdf:about="https://r.example/1#a"><title>Seen</title><link>https://r.example/1</link></item></rdf:RDF>`);
    expect(feed).toMatchObject({ format: 'rdf', title: 'R', link: 'https://r.example/' });
    expect(feed.items).toMatchObject([
      { id: 'https://r.example/1#a', title: 'Seen', link: 'https://r.example/1' },
    ]);
  });
});

describe('Atom', () => {
  it.each([
    ['<content type="html">&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;</content>', 'a b'],
    ['<content type="text">a &lt;b&gt;</content>', 'a <b>'],
    ['<content>a &lt; b</content>', 'a < b'],
    ['<content>a&lt;br&gt;b</content>', 'a\nb'],
    [
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt;i&gt;</p><p>b</p></div></content>',
      'a <i>\nb',
    ],
    ['<content type="application/octet-stream">PHA+YSDDqTwvcD4=</content>', 'a é'],
    ['<content type="image/png">iVBORw0KGgo=</content><summary>picture</summary>', 'picture'],
    ['<content type="image/png" src="a.png"/><summary>picture</summary>', 'picture'],
    ['<content mode="base64" type="text/html">PGI+YTwvYj4=</content>', 'a'],
    ['<content mode="escaped" type="text/html">&lt;b&gt;a&lt;/b&gt;</content>', 'a'],
    [
      '<content type="text/plain">plain</content><content type="text/html" mode="escaped">&lt;b&gt;rich&lt;/b&gt;</content>',
      'rich',
    ],
    ['<media:group><media:description>one\ntwo</media:description></media:group>', 'one\ntwo'],
  ])('%s reads as %j', (inner, text) => {
    expect(bodyText(first(atom(`<entry>${inner}</entry>`)))).toBe(text);
  });

  it('opens the page, not the feed, the answers or the file', () => {
    const links = `<link rel="self" href="/self"/><link rel="replies" href="/r"/><link rel="enclosure" href="/f.mp3"/>
      <link rel="alternate" type="application/json" href="/json"/><link type="text/html" href="/page"/>`;
    expect(first(atom(`<entry>${links}</entry>`)).link).toBe('https://site.example/page');
  });

  it('resolves links through every xml:base above them, and never an id', () => {
    const entry =
      '<entry xml:base="posts/"><id>one</id><link href="1"/><content type="html">&lt;a href="x"&gt;x&lt;/a&gt;</content></entry>';
    const item = first(atom(entry, ' xml:base="https://base.example/blog/"'));
    expect(item).toMatchObject({
      id: 'one',
      link: 'https://base.example/blog/posts/1',
      body: { base: 'https://base.example/blog/posts/' },
    });
  });

  it('resolves links without a base against the site, else against where the feed was', () => {
    const entry = '<entry><link href="1"/></entry>';
    expect(
      first(atom(`<link href="https://site.example/blog/"/>${entry}`), 'https://cdn.example/f').link,
    ).toBe('https://site.example/blog/1');
    expect(first(atom(entry), 'https://cdn.example/f/x').link).toBe('https://cdn.example/f/1');
  });

  it('gives the author of the feed to entries without one, but not that of another feed', () => {
    const feed = parse(
      atom(`<entry><id>1</id></entry><entry><id>2</id><author><name>Bo</name></author></entry>
        <entry><id>3</id><source><title>Other</title><author><name>Cy</name></author></source></entry>
        <author><name>Ann</name></author>`),
    );
    expect(feed.items.map(({ author }) => author?.name)).toEqual(['Ann', 'Bo', 'Cy']);
    expect(feed.title).toBe('T');
  });

  it('knows what an entry answers and how the archive goes on', () => {
    const feed = parse(
      atom(`<link rel="next" href="?page=2"/><link rel="hub" href="https://hub.example/"/>
        <entry><id>2</id><thr:in-reply-to ref="tag:1" href="https://site.example/1"/></entry>`),
      { url: 'https://site.example/feed' },
    );
    expect(feed).toMatchObject({ next: 'https://site.example/feed?page=2', hub: 'https://hub.example/' });
    expect(feed.items[0]?.inReplyTo).toEqual({ id: 'tag:1', link: 'https://site.example/1' });
  });
});

describe('JSON Feed', () => {
  it('reads items with whatever is wrong in them', () => {
    const feed = parse(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        home_page_url: 'https://j.example/',
        next_url: '/feed.json?2',
        expired: true,
        authors: [{ name: 'Ann' }],
        items: [
          null,
          7,
          {
            id: 7,
            title: 'a < b, <c>',
            content_text: '<b>',
            url: '/7',
            date_published: '2026-11-20T10:00:00Z',
          },
          {
            id: 'x',
            content_html: '<p>hi</p>',
            content_text: 'no',
            author: { name: 'Old' },
            title: null,
            tags: 3,
          },
          {
            id: 'y',
            title: 'Q&amp;A',
            authors: 'nobody',
            date_published: 5,
            external_url: 'https://other.example/',
          },
        ],
      }),
      { url: 'https://j.example/feed.json' },
    );
    expect(feed).toMatchObject({
      format: 'json',
      title: 'J',
      link: 'https://j.example/',
      next: 'https://j.example/feed.json?2',
      isExpired: true,
    });
    expect(feed.items.map(bodyText)).toEqual(['<b>', 'hi', '']);
    expect(feed.items).toMatchObject([
      {
        id: '7',
        title: 'a < b, <c>',
        link: 'https://j.example/7',
        publishedAt: Date.UTC(2026, 10, 20, 10),
        author: { name: 'Ann' },
      },
      { id: 'x', title: null, author: { name: 'Old' } },
      { id: 'y', title: 'Q&A', link: 'https://other.example/', publishedAt: null, author: { name: 'Ann' } },
    ]);
  });

  it('keeps the whole items of one that is cut off', () => {
    const feed = parse(
      '{"version":"https://jsonfeed.org/version/1","title":"J","items":[{"id":"a"},{"id":"b","title":"x',
    );
    expect(feed.items.map(({ id }) => id)).toEqual(['a']);
    expect(feed.end).toBe('cut-off');
  });
});

describe('damage', () => {
  it('keeps whole items of a feed that ends in the middle, and says so', () => {
    const feed = parse(
      rss('<item><guid>1</guid></item><item><guid>2</guid>').replace('</channel></rss>', ''),
    );
    expect(feed.items.map(({ id }) => id)).toEqual(['1']);
    expect(feed.end).toBe('cut-off');
    expect(parse(rss('<item><guid>1</guid></item>')).end).toBe('whole');
  });

  it('reads items that were never closed', () => {
    const feed = parse(rss('<item><guid>1</guid><item><guid>2</guid><description>a<br>b'));
    expect(feed.items.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('reads what stands after a doctype of the wrong kind and after other text', () => {
    expect(parse(`<!DOCTYPE html>\n${rss('')}`).title).toBe('T');
    expect(parse(`<br/>\n<b>Warning</b>: x &lt; y\n${rss('')}`).title).toBe('T');
  });

  it('tells UTF-8 from windows-1252 by the bytes where the label lies', () => {
    const bytes = (label: string, encoding: BufferEncoding): Uint8Array =>
      Buffer.from(
        `<?xml version="1.0" encoding="${label}"?>${rss('<item><title>caf\u00e9 \u00fcber</title></item>').slice(21)}`,
        encoding,
      );
    for (const label of ['utf-8', 'iso-8859-1', 'us-ascii', 'no-such-thing']) {
      expect(parse(bytes(label, 'utf8')).items[0]?.title).toBe('café über');
      expect(parse(bytes(label, 'latin1')).items[0]?.title).toBe('café über');
    }
  });
});

describe('encodings that are named wrongly', () => {
  const cyrillic = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const document = (label: string): Uint8Array =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${label}"?><rss><channel><title>`),
      cyrillic,
      Buffer.from('</title></channel></rss>'),
    ]);

  it('believes the document where the header says UTF-8 of what is none', () => {
    expect(parse(document('windows-1251'), { contentType: 'text/xml; charset=utf-8' }).title).toBe('Привет');
    expect(parse(document('windows-1251'), { contentType: 'text/xml; charset=us-ascii' }).title).toBe(
      'Привет',
    );
  });

  it('reads ASCII that calls itself UTF-16', () => {
    for (const label of ['utf-16', 'unicode', 'UCS-2', 'utf-32']) {
      expect(
        parse(`<?xml version="1.0" encoding="${label}"?><rss><channel><title>T</title></channel></rss>`)
          .title,
      ).toBe('T');
    }
  });
});

describe('titles', () => {
  it.each([
    ['<title>a &lt;![CDATA[b]]&gt;</title>', 'a b'],
    ['<title>caf&eacute; &nbsp;&hellip;</title>', 'café …'],
    ['<title><![CDATA[Tom &amp; Jerry]]></title>', 'Tom & Jerry'],
    ['<title>one<br/>two</title>', 'one two'],
    ['<title> \n one \t two </title>', 'one two'],
    ['<title>5 &lt; 6 &amp;&amp; 7 &gt; 2</title>', '5 < 6 && 7 > 2'],
  ])('%j of RSS is %j', (inner, title) => {
    expect(first(rss(`<item>${inner}</item>`)).title).toBe(title);
  });

  it.each([
    ['<title>caf&eacute; &lt;b&gt;</title>', 'café <b>'],
    ['<title type="text">&amp;lt; &amp;eacute; stays</title>', '&lt; é stays'],
    ['<title type="html">&lt;b&gt;x&lt;/b&gt; &amp;amp; y</title>', 'x & y'],
    [
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a &lt;i&gt; <b>b</b></div></title>',
      'a <i> b',
    ],
  ])('%j of Atom is %j', (inner, title) => {
    expect(first(atom(`<entry>${inner}</entry>`)).title).toBe(title);
  });

  it('keeps a space in a link as the browser would', () => {
    expect(first(rss('<item><link> https://a.example/a b </link></item>')).link).toBe(
      'https://a.example/a%20b',
    );
  });
});

describe('what is no feed', () => {
  it.each([
    ['', 'empty'],
    ['  \n ', 'empty'],
    ['<!DOCTYPE html><html><head><title>x</title></head><body><rss/></body></html>', 'html'],
    ['<html><body>Sign in</body></html>', 'html'],
    ['<?xml version="1.0"?><opml version="2.0"><body/></opml>', 'opml'],
    ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', 'urlset'],
    ['<CHANNEL HREF="https://old.example/"><ITEM HREF="https://old.example/1"/></CHANNEL>', 'cdf'],
    ['<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id></entry>', 'entry'],
    ['{"articles":[]}', 'json'],
    ['[1,2]', 'unknown'],
    ['Not found', 'unknown'],
    ['{"title": "x", "items": ', 'json'],
  ])('%j is refused as %s', (document, found) => {
    const error = failure(document);
    expect(error).toMatchObject({ code: 'not-a-feed', details: { found } });
    expect(error.message).toMatch(/^This address gives .*, not a feed\. /);
  });

  it('refuses bytes that are no text without showing them', () => {
    const error = failure(
      Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3)) % 256),
    );
    expect(error.code).toBe('not-a-feed');
    expect(error.message).toMatch(/^[\x20-\x7e]+$/);
  });
});
