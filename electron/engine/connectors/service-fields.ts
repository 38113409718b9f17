import { z } from 'zod';
import type { SettingField } from '../../../shared/contract/methods/connectors.ts';

/** A web address as a setting holds it. */
export const addressSchema = z.url({
  protocol: /^https?$/,
  error: 'Enter a web address that begins with https:// or http://.',
});

/** The settings behind `serviceFields`, to be spread into an object schema. */
export const serviceShape = {
  /** Another server that speaks the same interface. */
  apiUrl: addressSchema.optional(),
  allowPrivateNetwork: z.boolean().optional(),
};

/** Where the platform is asked, for whoever runs a server of their own. `otherwise`: whose is asked without it. */
export function serviceFields(otherwise: string): SettingField[] {
  return [
    {
      key: 'apiUrl',
      label: 'Service address',
      help: `Only for a server of your own that speaks the same interface. Otherwise ${otherwise}.`,
      type: 'url',
      isRequired: false,
      isAdvanced: true,
    },
    privateNetworkField('the service address'),
  ];
}

export function privateNetworkField(what: string): SettingField {
  return {
    key: 'allowPrivateNetwork',
    label: 'Allow the private network',
    help: `Only where ${what} is on this computer or its own network.`,
    type: 'boolean',
    isRequired: false,
    isAdvanced: true,
  };
}
