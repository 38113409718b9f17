import { useEffect, useRef, useState } from 'react';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ExternalLink from 'lucide-react/icons/external-link';
import type { SignIn } from '../../../shared/contract/methods/accounts.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { clockTime } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import css from './waiting-sign-in.module.css';

export interface WaitingSignInProps {
  readonly title: string;
  readonly connectorName: string;
  readonly signIn: SignIn;
  readonly failureLine: string | null;
  readonly onFinish: (pasted: string) => Promise<void>;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** While the user is on the platform's page. */
export function WaitingSignIn({
  title,
  connectorName,
  signIn,
  failureLine,
  onFinish,
  onBack,
  onClose,
}: WaitingSignInProps) {
  const [pasted, setPasted] = useState('');
  const [isFinishing, setIsFinishing] = useState(false);
  const now = useNow();
  const linkRef = useRef<HTMLAnchorElement>(null);
  // What is to be done next; the form that was sent is gone.
  useEffect(() => linkRef.current?.focus(), []);
  const finish = async (): Promise<void> => {
    if (pasted.trim() === '' || isFinishing) return;
    setIsFinishing(true);
    await onFinish(pasted.trim());
    setIsFinishing(false);
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <span className={css.back}>
            <Button variant="quiet" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
              Back
            </Button>
          </span>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          {signIn.needsPaste && (
            <Button variant="primary" onPress={() => void finish()} isPending={isFinishing}>
              Connect
            </Button>
          )}
        </>
      }
    >
      <ol className={css.steps}>
        <li>
          <p>Open the page of {connectorName} and allow Earshot there.</p>
          <a ref={linkRef} className={css.open} href={signIn.url} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            Open {connectorName} in the browser
          </a>
        </li>
        {signIn.userCode !== null && (
          <li>
            <p>Type this code in there:</p>
            <code className={css.code} aria-label="Code">
              {signIn.userCode}
            </code>
          </li>
        )}
        {signIn.needsPaste ? (
          <li>
            <TextArea
              label={`What ${connectorName} shows you`}
              isRequired
              isCode
              rows={4}
              value={pasted}
              onChange={setPasted}
              description="Copy all of it and paste it here."
            />
          </li>
        ) : (
          <li>
            <output className={css.waiting}>
              <Spinner label="Waiting" /> Earshot waits for your answer there, until{' '}
              {clockTime(signIn.expiresAt, now)}.
            </output>
          </li>
        )}
      </ol>
      {failureLine !== null && (
        <div className={css.failure}>
          <Banner tone="negative" title="That did not work.">
            {failureLine}
          </Banner>
        </div>
      )}
    </Dialog>
  );
}
