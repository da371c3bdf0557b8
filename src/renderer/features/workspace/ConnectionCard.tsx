import { commandText } from '../../../shared/engines/commandLine.ts';
import type { Endpoint } from '../../../shared/engines/Engine.ts';
import { endpointOf, engineOf, formValuesOf, passwordSourceOf } from '../../../shared/engines/engines.ts';
import type { EngineSettings } from '../../../shared/engines/settings.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { engineText } from '../../text/engines/index.ts';
import { workspaceText } from '../../text/workspace.ts';
import { type Fact, FactCard } from './FactCard.tsx';

const words = workspaceText.connection;

/** Whether the form of an engine, filled in as it is saved, asks for a secret. */
function isAsked(engine: EngineSettings, secret: string): boolean {
  const fields = engineOf(engine.kind).form.sections.flatMap((section) => section.fields);
  const field = fields.find(({ key }) => key === secret);
  return field?.isShown?.(formValuesOf(engine)) ?? true;
}

function placeFact(place: Endpoint['place']): Fact {
  if ('socketPath' in place) return { label: words.socket, value: place.socketPath };
  return { label: words.host, value: words.address(place.host, place.port) };
}

/** Where the password comes from, when neither a person nor the vault has it. */
function passwordFacts(engine: EngineSettings): Fact[] {
  const source = passwordSourceOf(engine);
  if (source === undefined) return [];
  const { passwordSource, passwordFile } = engineText(engine.kind).fields;
  const place =
    source.type === 'command' ? commandText(source.argv) : (source.path ?? passwordFile?.whenEmpty);
  return [{ label: passwordSource?.label ?? source.type, value: place }];
}

function tlsFacts(tls: Endpoint['tls']): Fact[] {
  if (tls === null) return [];
  const mode = words.tlsMode[tls.mode];
  const hasOwn = tls.caPem !== null || tls.caFile !== undefined;
  const { client } = tls;
  return [
    { label: words.tls, value: hasOwn ? `${mode}, ${words.ownAuthority}` : mode },
    ...(client === undefined
      ? []
      : [
          {
            label: words.clientCertificate,
            value: client.type === 'pem' ? client.certificatePath : client.path,
          },
        ]),
  ];
}

/** How the data source is set up, as it was saved. */
export function ConnectionCard({ summary: { dataSource, secrets } }: { summary: DataSourceSummary }) {
  const { engine, origin, readOnly, timeouts } = dataSource;
  const { place, names, tls } = endpointOf(engine);
  const { capabilities, secretFields } = engineOf(engine.kind);
  const { fields } = engineText(engine.kind);
  return (
    <FactCard
      heading={words.heading}
      facts={[
        placeFact(place),
        ...names
          // Whom a request may go to as well depends on what is chosen; what is not is no news.
          .filter(({ value }) => value !== '' || capabilities.sql)
          .map(({ label, value }) => ({ label, value: value === '' ? words.none : value })),
        ...secretFields
          .filter((field) => isAsked(engine, field))
          .map((field) => ({
            label: fields[field]?.label ?? field,
            // The demo's are the app's own, and not among those of the person.
            value: Object.hasOwn(secrets, field) || origin === 'demo' ? words.stored : words.none,
          })),
        ...passwordFacts(engine),
        ...tlsFacts(tls),
        ...(capabilities.readOnly
          ? [{ label: words.readOnly, value: readOnly ? words.readOnlyOn : words.readOnlyOff }]
          : []),
        { label: words.connectTimeout, value: workspaceText.setting(timeouts.connectMs) },
        {
          label: capabilities.sql ? words.queryTimeout : words.requestTimeout,
          value: workspaceText.setting(timeouts.queryMs),
        },
        ...(capabilities.sql
          ? [
              {
                label: words.idleTransactionTimeout,
                value: workspaceText.setting(timeouts.idleInTransactionMs),
              },
            ]
          : []),
      ]}
    />
  );
}
