export const menuLabels: string[] = [];

interface Template {
  readonly label?: string;
  readonly role?: string;
}

export const Menu = {
  buildFromTemplate: (template: readonly Template[]) => template,
  setApplicationMenu(menu: readonly Template[] | null): void {
    menuLabels.splice(0, menuLabels.length, ...(menu ?? []).map(({ label, role }) => label ?? role ?? ''));
  },
};
