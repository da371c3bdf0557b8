import { IconBrandMysql, IconDatabase, type TablerIcon } from '@tabler/icons-react';

/** The pictures of engines; one that has none of its own is a database. */
const icons: Readonly<Record<string, TablerIcon>> = {
  mysql: IconBrandMysql,
  postgres: IconDatabase,
};

export function EngineIcon({ kind, size }: { readonly kind: string; readonly size: number }) {
  const Icon = (Object.hasOwn(icons, kind) ? icons[kind] : undefined) ?? IconDatabase;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
