import { conforms } from './conformance.ts';
import { startMysql } from './mysqlServer.ts';

conforms('MariaDB', () => startMysql('mariadb'));
