import type { Conversation, InboxItem } from '../../../shared/model/mention.ts';

/**
 * What is known of a conversation from its row, so that moving to it shows it at once; the whole of it follows a
 * moment later. The document is the row's text by lines, which is what the engine's document reads as too.
 */
export function previewConversation(item: InboxItem): Conversation {
  return {
    conversationId: item.conversationId,
    platform: item.platform,
    title: item.title,
    status: item.status,
    snoozedUntil: item.snoozedUntil,
    unread: item.unread,
    mentionCount: item.mentionCount,
    replies: [],
    draft: null,
    answerableBy: [],
    answerNote: null,
    activity: [],
    mentions: [
      {
        mentionId: item.mentionId,
        externalId: item.externalId,
        platform: item.platform,
        kind: item.kind,
        author: item.author,
        title: item.title,
        text: item.text,
        document: item.text
          .split('\n')
          .map((line) => ({ type: 'paragraph' as const, children: [{ type: 'text' as const, text: line }] })),
        url: item.url,
        publishedAt: item.publishedAt,
        isTimeGuessed: false,
        firstSeenAt: item.publishedAt,
        editedAt: null,
        deletedAt: null,
        isPrivate: false,
        marks: { isLiked: false, isHidden: false },
        language: null,
        sentiment: { ...item.sentiment, words: [] },
        matches:
          item.spans.length === 0
            ? []
            : [{ trackerId: item.trackerIds[0] ?? ('0' as never), trackerName: '', spans: item.spans }],
        sources: [{ sourceId: item.sourceId, name: item.sourceName }],
      },
    ],
  };
}
