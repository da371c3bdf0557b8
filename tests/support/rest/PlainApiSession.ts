import { request as httpRequest } from 'node:http';
import type { IncomingAnswer, OutgoingRequest, SendOptions } from '../../../src/main/connectors/rest/ApiSession.ts';
import type { ApiSession } from '../../../src/main/connectors/rest/ApiSession.ts';
import { FakeConnection } from '../FakeConnection.ts';
