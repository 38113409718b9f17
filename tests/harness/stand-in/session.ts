type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (isGranted: boolean) => void,
  details: { requestingUrl: string },
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;
type DeviceHandler = () => boolean;

let onRequest: RequestHandler | null = null;
let onCheck: CheckHandler | null = null;
let onDevice: DeviceHandler | null = null;

/** Without handlers Electron grants everything; so does this. */
const defaultSession = {
  setPermissionRequestHandler(handler: RequestHandler): void {
    onRequest = handler;
  },
  setPermissionCheckHandler(handler: CheckHandler): void {
    onCheck = handler;
  },
  setDevicePermissionHandler(handler: DeviceHandler): void {
    onDevice = handler;
  },
  hasHandlers: () => onRequest !== null && onCheck !== null && onDevice !== null,
  async decide(permission: string, address: string): Promise<{ request: boolean; check: boolean }> {
    const request = await new Promise<boolean>((resolve) => {
      if (onRequest) onRequest(null, permission, resolve, { requestingUrl: address });
      else resolve(true);
    });
    return { request, check: onCheck ? onCheck(null, permission, address) : true };
  },
};

export const session = { defaultSession };
