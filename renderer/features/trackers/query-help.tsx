import { Button } from 'react-aria-components/Button';
import { queryExamples } from './query-examples.ts';
import css from './query-help.module.css';

/** The query language by example; a press puts the example into the query. */
export function QueryHelp({ onInsert }: { readonly onInsert: (text: string) => void }) {
  return (
    <div className={css.help}>
      <p className={css.lead}>
        Capitals and accents make no difference. Press an example to put it into the query.
      </p>
      <ul className={css.examples}>
        {queryExamples.map(({ text, meaning }) => (
          <li key={text}>
            <Button className={css.example ?? ''} onPress={() => onInsert(text)}>
              <code className={css.code}>{text}</code>
              <span className={css.meaning}>{meaning}</span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
