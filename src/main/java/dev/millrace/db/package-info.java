/**
 * The database: SQLite in one file, or PostgreSQL, behind one SQL text. Owns the connections, the migrations, the
 * {@link dev.millrace.db.Writer} through which every write goes, and {@link dev.millrace.db.SqlDialect}, the one place
 * where the two databases differ. Invariant: a caller of the Writer is told of success only after its unit of work is
 * durable, and a unit that fails leaves no trace and does not touch its neighbours. May import level 0.
 */
@NullMarked
package dev.millrace.db;

import org.jspecify.annotations.NullMarked;
