/** A step with its addresses as links, which open in the system's browser. */
export function StepText({ children }: { readonly children: string }) {
  const parts = children.split(/(https:\/\/[^\s)]*[^\s).,;:])/);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // oxlint-disable-next-line react/no-array-index-key -- the parts of one fixed sentence
          <a key={index} href={part} target="_blank" rel="noreferrer">
            {part.replace(/^https:\/\//, '')}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
