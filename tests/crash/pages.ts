import { anItem, noon } from '../engine/ingest/fixtures.ts';

export const itemsPerPage = 20;

/** Some follow up on conversations of earlier pages, and each page repeats two items of the one before. */
export function itemsOfPage(page: number) {
  const numbers = Array.from({ length: itemsPerPage }, (_, index) => page * itemsPerPage + index);
  const repeated = page === 0 ? [] : [page * itemsPerPage - 1, page * itemsPerPage - 2];
  return [...numbers, ...repeated].map((number) =>
    anItem(`k${number}`, {
      rootKey: number % 5 === 4 ? `k${Math.floor(number / 2)}` : `k${number}`,
      text: `${number % 3 === 0 ? 'acme' : 'somebody'} is ${number % 2 === 0 ? 'good' : 'bad'}`,
      publishedAt: noon - (number % 7) * 1000,
    }),
  );
}
