import { Tooltip } from '@mantine/core';
import type { VaultStatus } from '../../../shared/model/vault.ts';
import type { Fact } from '../../components/FactList.tsx';
import { formatAge, formatCount, formatMoment } from '../../lib/format.ts';
import { settingsText } from '../../text/settings.ts';

const words = settingsText.vault;

/** How long ago something was; the exact moment is in its hint. */
function Age({ at, now }: { at: number; now: number }) {
  return (
    <Tooltip label={formatMoment(at)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must be reachable by keyboard */}
      <time dateTime={new Date(at).toISOString()} tabIndex={0}>
        {formatAge(at, now)}
      </time>
    </Tooltip>
  );
}

function keyFacts({ key, lastRotationAt, retiredKeyCount }: VaultStatus, now: number): Fact[] {
  if (key === null) return [];
  return [
    {
      label: words.keyVersion,
      value: (
        <>
          {words.version(key.version)}
          <Age at={key.createdAt} now={now} />
        </>
      ),
    },
    {
      label: words.lastRotation,
      value: lastRotationAt === null ? words.never : <Age at={lastRotationAt} now={now} />,
    },
    { label: words.retiredKeys, value: formatCount(retiredKeyCount) },
  ];
}

/** What is to be known about the vault, in words. */
export function vaultFacts(status: VaultStatus, now: number): Fact[] {
  const { mode, lock, secretCount } = status;
  return [
    { label: words.keyPlace, value: words.keyPlaceOf(status) },
    ...(mode === null ? [] : [{ label: words.lock, value: words.lockOf[lock] }]),
    ...keyFacts(status, now),
    {
      label: mode === 'session' ? words.heldCount : words.secretCount,
      value: formatCount(secretCount),
    },
  ];
}
