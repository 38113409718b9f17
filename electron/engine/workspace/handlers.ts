import type { appMethods, WorkspaceName } from '../../../shared/contract/methods/app.ts';
import type { MethodOutput, ParsedInput } from '../../../shared/contract/contract.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';

interface AppDeps {
  readonly info: () => MethodOutput<'app.info'>;
  readonly setConditions: (changes: ParsedInput<'app.setConditions'>) => void;
  readonly openWorkspace: (name: WorkspaceName) => Promise<{ workspace: WorkspaceName }>;
  readonly removeSample: () => Promise<{ workspace: WorkspaceName }>;
}

export function createAppHandlers(deps: AppDeps): FeatureHandlers<typeof appMethods> {
  return {
    'app.info': () => deps.info(),
    'app.setConditions': (changes) => {
      deps.setConditions(changes);
      return {};
    },
    'workspace.open': ({ workspace }) => deps.openWorkspace(workspace),
    'workspace.removeSample': () => deps.removeSample(),
  };
}
