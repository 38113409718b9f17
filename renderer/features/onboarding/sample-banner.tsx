import Sparkles from 'lucide-react/icons/sparkles';
import { useCall, useCommand } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import css from './sample-banner.module.css';

/** Says in the sample workspace that everybody in it is invented, and leads out of it. */
export function SampleBanner() {
  const info = useCall('app.info', {});
  const open = useCommand('workspace.open', { failureTitle: 'Could not leave the sample' });
  const remove = useCommand('workspace.removeSample', { failureTitle: 'Could not remove the sample' });
  if (info.data?.workspace !== 'sample') return null;
  return (
    <Banner
      tone="info"
      isStrip
      icon={<Sparkles aria-hidden="true" />}
      title="This is a sample."
      action={
        <span className={css.actions}>
          <Button size="small" onPress={() => void open.run({ workspace: 'own' })} isPending={open.isRunning}>
            Leave
          </Button>
          <Button
            size="small"
            variant="quiet"
            onPress={() => void remove.run({})}
            isPending={remove.isRunning}
          >
            Remove sample
          </Button>
        </span>
      }
    >
      Brand and people are invented; try every key. Leave keeps it for later.
    </Banner>
  );
}
