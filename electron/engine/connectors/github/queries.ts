const author =
  'author{__typename login url ...on User{databaseId} ...on Bot{databaseId} ...on Organization{databaseId} ...on Mannequin{databaseId}}';
const words = `__typename id url body bodyHTML createdAt updatedAt ${author}`;
const thread = `${words} number title locked repository{nameWithOwner}`;
const discussionComment = `${words} replyTo{id}`;
const discussion = (comments: number, replies: number): string =>
  `${thread} comments(last:${comments}){nodes{${discussionComment} replies(last:${replies}){nodes{${discussionComment}}}}}`;

/** Variables: q, after. */
export const searchDiscussionsQuery = `query($q:String!,$after:String){search(type:DISCUSSION,query:$q,first:25,after:$after){pageInfo{hasNextPage endCursor} nodes{...on Discussion{${discussion(30, 20)}}}}}`;

/** The newest change first. Variables: owner, name, after. */
export const repositoryDiscussionsQuery = `query($owner:String!,$name:String!,$after:String){repository(owner:$owner,name:$name){discussions(first:25,after:$after,orderBy:{field:UPDATED_AT,direction:DESC}){pageInfo{hasNextPage endCursor} nodes{${discussion(30, 20)}}}}}`;

/** Which of these are still there. Variables: ids, at most 100. */
export const stillThereQuery = 'query($ids:[ID!]!){nodes(ids:$ids){id}}';

/** A thread with its newest comments, and one comment of it. Variables: root, target. */
export const lookQuery = `query($root:ID!,$target:ID!){root:node(id:$root){...on Issue{${thread} comments(last:100){nodes{${words}}}} ...on PullRequest{${thread} comments(last:100){nodes{${words}}}} ...on Discussion{${discussion(50, 50)}}} target:node(id:$target){...on IssueComment{${words}} ...on PullRequestReviewComment{${words} replyTo{id url}} ...on DiscussionComment{${discussionComment} replies(last:100){nodes{${discussionComment}}}}}}`;

export const addDiscussionComment =
  'mutation($discussionId:ID!,$body:String!,$replyToId:ID){addDiscussionComment(input:{discussionId:$discussionId,body:$body,replyToId:$replyToId}){comment{id url replyTo{id}}}}';
export const addReaction =
  'mutation($id:ID!){addReaction(input:{subjectId:$id,content:THUMBS_UP}){reaction{content}}}';
export const removeReaction =
  'mutation($id:ID!){removeReaction(input:{subjectId:$id,content:THUMBS_UP}){reaction{content}}}';
export const minimizeComment =
  'mutation($id:ID!){minimizeComment(input:{subjectId:$id,classifier:OFF_TOPIC}){minimizedComment{isMinimized}}}';
export const unminimizeComment =
  'mutation($id:ID!){unminimizeComment(input:{subjectId:$id}){unminimizedComment{isMinimized}}}';
export const deleteIssueComment = 'mutation($id:ID!){deleteIssueComment(input:{id:$id}){clientMutationId}}';
export const deleteReviewComment =
  'mutation($id:ID!){deletePullRequestReviewComment(input:{id:$id}){clientMutationId}}';
export const deleteDiscussionComment =
  'mutation($id:ID!){deleteDiscussionComment(input:{id:$id}){clientMutationId}}';
