import { expect, it } from 'vitest';
import type { EarshotBridge } from '../../../shared/contract/bridge.ts';
import type { ClientMessage } from '../../../shared/contract/envelope.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { createElectronTransport } from '../../../renderer/client/transports/electron.ts';

/** The preload's object, with the far end in the test's hands. */
function setUp() {
  const sent: ClientMessage[] = [];
  let hear: (message: unknown) => void = () => {};
  let tellState: (state: 'connected' | 'lost') => void = () => {};
  let isWatched = false;
  const bridge: EarshotBridge = {
    kind: 'electron',
    send: (message) => sent.push(message),
    onMessage(listener) {
      hear = listener;
      return () => {};
    },
    onState(listener) {
      isWatched = true;
      tellState = listener;
      return () => {
        isWatched = false;
      };
    },
  };
  return {
    sent,
    hear: (message: unknown) => hear(message),
    tellState: (state: 'connected' | 'lost') => tellState(state),
    isWatched: () => isWatched,
    client: createClient(createElectronTransport(bridge)),
  };
}

it('speaks through the bridge once the preload has its port', async () => {
  const { sent, hear, tellState, client } = setUp();
  expect(client.connectionState()).toEqual({ kind: 'connecting' });
  const call = client.call('trackers.list', {});
  expect(sent).toEqual([]);
  tellState('connected');
  expect(sent).toEqual([{ type: 'request', id: 1, method: 'trackers.list', params: {} }]);
  hear({ type: 'result', id: 1, result: { trackers: [] } });
  expect(await call).toEqual({ trackers: [] });
});

it('asks again what a restarted engine has not answered', async () => {
  const { sent, hear, tellState, client } = setUp();
  tellState('connected');
  const call = client.call('sources.list', {});
  tellState('lost');
  expect(client.connectionState()).toMatchObject({ kind: 'lost' });
  tellState('connected');
  expect(sent).toHaveLength(2);
  hear({ type: 'result', id: 1, result: { sources: [] } });
  expect(await call).toEqual({ sources: [] });
});

it('lets go of the bridge when closed', () => {
  const { client, isWatched } = setUp();
  client.close();
  expect(isWatched()).toBe(false);
});
