import { describe, expect, it } from 'vitest';
import { createHostGate } from '../../../../electron/engine/connectors/http/host-gate.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { classifyAddress } from '../../../../electron/engine/connectors/http/address-guard.ts';
import { fakeClock } from '../../polling/fake-clock.ts';
import { loopbackServer } from './loopback-server.ts';

const never = new AbortController().signal;

describe('the gate before a host', () => {
  it('lets one request through at a time, a second after the one before', async () => {
    const clock = fakeClock();
    const gate = createHostGate(clock);
    const entered: number[] = [];
    const enter = async (): Promise<() => void> => {
      const leave = await gate.enter('example.com', never);
      entered.push(clock.now());
      return leave;
    };
    const start = clock.now();
    const leaveFirst = await enter();
    const second = enter();
    const third = enter();
    await clock.advance(5_000);
    expect(entered).toEqual([start]);
    leaveFirst();
    const leaveSecond = await second;
    expect(entered).toEqual([start, start + 5_000]);
    leaveSecond();
    await clock.advance(999);
    expect(entered).toHaveLength(2);
    await clock.advance(1);
    await third;
    expect(entered).toEqual([start, start + 5_000, start + 6_000]);
  });

  it('does not make one host wait for another', async () => {
    const gate = createHostGate(fakeClock());
    await gate.enter('a.example', never);
    await gate.enter('b.example', never);
  });

  it('has no queue for a private host', async () => {
    const gate = createHostGate(fakeClock());
    await gate.enter('127.0.0.1', never);
    await gate.enter('127.0.0.1', never);
    await gate.enter('localhost', never);
    await gate.enter('localhost', never);
  });

  it('passes the turn on when a waiting caller gives up', async () => {
    const clock = fakeClock();
    const gate = createHostGate(clock);
    const leave = await gate.enter('example.com', never);
    const controller = new AbortController();
    const given = gate.enter('example.com', controller.signal);
    const patient = gate.enter('example.com', never);
    controller.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    leave();
    leave();
    await clock.advance(1_000);
    await patient;
  });

  it('passes the turn on when a caller gives up in the second before its hit', async () => {
    const clock = fakeClock();
    const gate = createHostGate(clock);
    (await gate.enter('example.com', never))();
    const controller = new AbortController();
    const given = gate.enter('example.com', controller.signal);
    controller.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    const next = gate.enter('example.com', never);
    await clock.advance(1_000);
    await next;
  });

  it('stays closed until the time that the host named', async () => {
    const clock = fakeClock();
    const gate = createHostGate(clock);
    gate.close('Example.com', clock.now() + 60_000);
    gate.close('example.com', clock.now() + 10_000);
    expect(gate.closedUntil('example.com')).toBe(clock.now() + 60_000);
    await clock.advance(60_000);
    expect(gate.closedUntil('example.com')).toBeNull();
  });
});

describe('a host that asked for a pause', () => {
  const aPublicWorld = {
    lookup: ((_: string, __: object, done: (...args: unknown[]) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as never,
    classify: (address: string) => (address === '127.0.0.1' ? ('public' as const) : classifyAddress(address)),
  };

  it('is not asked again by anybody before Retry-After, and then is', async () => {
    const clock = fakeClock();
    let status = 429;
    const server = await loopbackServer((_, response) => {
      response.writeHead(status, { 'retry-after': '90' }).end();
    });
    const http = createHttp({ version: '0', clock, network: aPublicWorld });
    const url = `http://feeds.example:${server.port}`;
    const retryAt = clock.now() + 90_000;
    await expect(http.send({ url: `${url}/a` })).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAt },
    });
    await expect(http.send({ url: `${url}/b` })).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAt },
    });
    expect(server.requests).toHaveLength(1);
    status = 200;
    await clock.advance(90_000);
    expect((await http.send({ url: `${url}/b` })).status).toBe(200);
    await http.close();
  });

  it.each(['read', 'given up', 'forgotten'])('is free for the next one when a body is %s', async (what) => {
    const clock = fakeClock();
    const server = await loopbackServer((_, response) => void response.end('x'.repeat(500_000)));
    const http = createHttp({ version: '0', clock, network: aPublicWorld });
    const url = `http://feeds.example:${server.port}/`;
    const first = await http.send({ url });
    const second = http.send({ url });
    await clock.advance(5_000);
    expect(server.requests).toHaveLength(1);
    if (what === 'read') await first.bytes();
    else if (what === 'given up') first.discard();
    // The limit of a whole request.
    else await clock.advance(30_000);
    await clock.advance(1_000);
    expect((await second).status).toBe(200);
    await http.close();
  });
});
