import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Started by figures/start-up.ts: no engine, only the driver and fifty rows. */
const database = new Database(join(process.argv[2] ?? '', 'earshot.sqlite'));
database.prepare('SELECT * FROM mentions ORDER BY id DESC LIMIT 50').all();
process.stdout.write(String(performance.now()));
database.close();
