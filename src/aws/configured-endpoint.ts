/**
 * The address that the environment or a profile gives for a service in place of AWS's own (AWS SDKs and tools guide,
 * "Service-specific endpoints", read 2026-11-28): `AWS_ENDPOINT_URL_KMS`, `AWS_ENDPOINT_URL`, then the profile's
 * `services` section, then its `endpoint_url`; undefined: none, or they are to be ignored. The SDK's clients know only
 * the profile of the environment.
 * @param serviceId as the SDK's clients write it: `KMS`, `S3 Control`
 * @param profile null: that of the environment, else the default one
 */
export async function configuredEndpoint(
  serviceId: string,
  profile: string | null,
): Promise<string | undefined> {
  const { booleanSelector, CONFIG_PREFIX_SEPARATOR, loadConfig, SelectorType } = await import(
    '@smithy/core/config'
  );
  const place = profile === null ? {} : { profile };
  const isIgnored = loadConfig<boolean | undefined>(
    {
      environmentVariableSelector: (env) =>
        booleanSelector(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', SelectorType.ENV),
      configFileSelector: (settings) =>
        booleanSelector(settings, 'ignore_configured_endpoint_urls', SelectorType.CONFIG),
      default: false,
    },
    place,
  );
  if (await isIgnored()) return undefined;
  const words = serviceId.split(' ');
  const variable = `AWS_ENDPOINT_URL_${words.join('_').toUpperCase()}`;
  const setting = [words.join('_').toLowerCase(), 'endpoint_url'].join(CONFIG_PREFIX_SEPARATOR);
  const endpoint = loadConfig<string | undefined>(
    {
      environmentVariableSelector: (env) => env[variable] || env.AWS_ENDPOINT_URL || undefined,
      configFileSelector: (settings, file) => {
        const section = file?.[['services', settings.services].join(CONFIG_PREFIX_SEPARATOR)];
        return section?.[setting] || settings.endpoint_url || undefined;
      },
      default: async () => undefined,
    },
    place,
  );
  return endpoint();
}
