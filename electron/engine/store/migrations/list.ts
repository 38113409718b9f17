import { createSources } from './0001-create-sources.ts';
import { createMentions } from './0002-create-mentions.ts';
import { createTriage } from './0003-create-triage.ts';
import { createReplies } from './0004-create-replies.ts';
import { createOutbox } from './0005-create-outbox.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  createSources,
  createMentions,
  createTriage,
  createReplies,
  createOutbox,
];
