import { shownAddress, splitAddresses } from './split-addresses.ts';

/** A sentence with its addresses as links, which open in the system's browser. */
export function LinkedText({ children }: { readonly children: string }) {
  const parts = splitAddresses(children);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // oxlint-disable-next-line react/no-array-index-key -- the parts of one fixed sentence
          <a key={index} href={part} target="_blank" rel="noopener noreferrer">
            {shownAddress(part)}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
