/** `pg_service.conf` of libpq (PostgreSQL 18, "The Connection Service File"). */

export type ServiceSettings = ReadonlyMap<string, string>;

const sectionLine = /^\s*\[([^\]]+)\]\s*$/;
const settingLine = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/;

const isMeant = (line: string): boolean => /^\s*[^\s#]/.test(line);

/**
 * The settings of each service, in the order of the file. As libpq has it, the first section of a name counts, and in it
 * the first value of a setting.
 * @returns null for a text that is no such file
 */
export function servicesOf(text: string): ReadonlyMap<string, ServiceSettings> | null {
  const services = new Map<string, Map<string, string>>();
  let settings: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/).filter(isMeant)) {
    const [, section] = sectionLine.exec(line) ?? [];
    const [, key, value] = settingLine.exec(line) ?? [];
    if (section !== undefined) {
      settings = new Map();
      if (!services.has(section)) services.set(section, settings);
    } else if (key === undefined || value === undefined || settings === null) return null;
    else if (!settings.has(key)) settings.set(key, value);
  }
  return services;
}
