import { describeProduct } from '../support/mysql/describeProduct.ts';
import { conforms } from './conformance.ts';
import { startMysql } from './mysqlServer.ts';

describeProduct('mysql', () => conforms('MySQL 9', () => startMysql('mysql')));
