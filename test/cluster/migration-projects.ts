import { Migration } from 'cdk8s-lifecycle';
import { Install, alembic, dbmate, goMigrate, java, knex } from './migration-tools';

/** A project whose migrations a tool runs. */
export interface MigrationProject {
  readonly install: Install;
  /** The command line, for a project in the folder `/project`. */
  readonly tool: Migration;
  /** Its files: one migration, which makes `orders` with three rows. */
  readonly files: Readonly<Record<string, string>>;
  /** A migration that comes next, and fails at its second statement; a file that is there already is replaced. */
  readonly broken: Readonly<Record<string, string>>;
}

const FIRST = 'CREATE TABLE orders (id int);\nINSERT INTO orders SELECT generate_series(1, 3);\n';
const BROKEN = 'INSERT INTO orders VALUES (4);\nALTER TABLE missing ADD COLUMN note text;\n';

const knexMigration = (sql: string) => `exports.up = (knex) => knex.raw(${JSON.stringify(sql)});\nexports.down = () => undefined;\n`;

const alembicMigration = (revision: string, after: string, sql: string) => `from alembic import op
revision = '${revision}'
down_revision = ${after}

def upgrade():
    op.execute(${JSON.stringify(sql)})

def downgrade():
    pass
`;

const ALEMBIC_ENVIRONMENT = `from alembic import context
from sqlalchemy import engine_from_config, pool

engine = engine_from_config(context.config.get_section(context.config.config_ini_section), prefix='sqlalchemy.', poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`;

const CHANGELOG = `--liquibase formatted sql\n--changeset shop:1\n${FIRST}`;

/** The same two migrations for every tool; those that take the longest come first, for they run at the same time. */
export const MIGRATION_PROJECTS: Readonly<Record<string, MigrationProject>> = {
  'flyway': {
    install: java,
    tool: Migration.flyway({ path: '/project' }),
    files: { 'V1__orders.sql': FIRST },
    broken: { 'V2__broken.sql': BROKEN },
  },
  'liquibase': {
    install: java,
    tool: Migration.liquibase({ path: '/project/changelog.sql' }),
    files: { 'changelog.sql': CHANGELOG },
    broken: { 'changelog.sql': `${CHANGELOG}--changeset shop:2\n${BROKEN}` },
  },
  'knex': {
    install: knex,
    tool: Migration.knex({ path: '/project/knexfile.js' }),
    files: {
      'knexfile.js': "module.exports = { client: 'pg', connection: {}, migrations: { directory: `${__dirname}/migrations` } };\n",
      'migrations/1_orders.js': knexMigration(FIRST),
    },
    broken: { 'migrations/2_broken.js': knexMigration(BROKEN) },
  },
  'alembic': {
    install: alembic,
    tool: Migration.alembic({ path: '/project/alembic.ini' }),
    files: {
      'alembic.ini': '[alembic]\nscript_location = %(here)s\nsqlalchemy.url = postgresql+psycopg://\n',
      'env.py': ALEMBIC_ENVIRONMENT,
      'versions/1_orders.py': alembicMigration('1', 'None', FIRST),
    },
    broken: { 'versions/2_broken.py': alembicMigration('2', "'1'", BROKEN) },
  },
  'golang-migrate': {
    install: goMigrate,
    tool: Migration.goMigrate({ path: '/project' }),
    files: { '1_orders.up.sql': FIRST },
    broken: { '2_broken.up.sql': BROKEN },
  },
  'dbmate': {
    install: dbmate,
    tool: Migration.dbmate({ path: '/project' }),
    files: { '1_orders.sql': `-- migrate:up\n${FIRST}-- migrate:down\n` },
    broken: { '2_broken.sql': `-- migrate:up\n${BROKEN}-- migrate:down\n` },
  },
};
