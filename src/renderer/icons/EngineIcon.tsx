import { IconApi, IconBrandMysql, IconDatabase, type TablerIcon } from '@tabler/icons-react';
import type { EngineKind } from '../../shared/engines/settings.ts';

const icons: Readonly<Record<EngineKind, TablerIcon>> = {
  postgres: IconDatabase,
  mysql: IconBrandMysql,
  rest: IconApi,
};

/** The picture of an engine; its name stands beside it. */
export function EngineIcon({ kind, size }: { readonly kind: EngineKind; readonly size: number }) {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
