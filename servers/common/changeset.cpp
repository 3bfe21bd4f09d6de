#include "servers/common/changeset.hpp"

#include <SQLiteCpp/Exception.h>

#include <cassert>
#include <memory>
#include <utility>

namespace common {
namespace {

void check(int code, sqlite3* connection = nullptr) {
  if (code == SQLITE_OK) return;
  if (connection != nullptr) throw SQLite::Exception(connection, code);
  throw SQLite::Exception(sqlite3_errstr(code), code);
}

/// The library takes mutable pointers but changes nothing behind them.
void* bytes_of(std::string_view changeset) {
  return const_cast<char*>(changeset.data());
}
int size_of(std::string_view changeset) {
  return static_cast<int>(changeset.size());
}

std::string taken(int size, void* bytes) {
  const std::unique_ptr<void, decltype(&sqlite3_free)> owner(bytes, &sqlite3_free);
  return size == 0 ? std::string()
                   : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

RowName row_at(sqlite3_changeset_iter* at) {
  const char* table = nullptr;
  int columns = 0;
  int operation = 0;
  int indirect = 0;
  check(sqlite3changeset_op(at, &table, &columns, &operation, &indirect));
  unsigned char* is_key = nullptr;
  check(sqlite3changeset_pk(at, &is_key, nullptr));
  RowName row{.table = table};
  for (int column = 0; column < columns; ++column) {
    if (is_key[column] == 0) continue;
    sqlite3_value* value = nullptr;
    check(operation == SQLITE_INSERT ? sqlite3changeset_new(at, column, &value)
                                     : sqlite3changeset_old(at, column, &value));
    if (!row.key.empty()) row.key += ", ";
    const unsigned char* text = value == nullptr ? nullptr : sqlite3_value_text(value);
    if (text != nullptr) row.key += reinterpret_cast<const char*>(text);
  }
  return row;
}

struct Noted {
  std::set<RowName> rows{};
  bool dangling{};
};

int note_conflict(void* noted, int what, sqlite3_changeset_iter* at) {
  auto& found = *static_cast<Noted*>(noted);
  if (what == SQLITE_CHANGESET_FOREIGN_KEY) {
    found.dangling = true;
  } else {
    found.rows.insert(row_at(at));
  }
  return SQLITE_CHANGESET_OMIT;  // goes on, so that every conflict is found
}

/// Tables with rows that refer to rows which are not there.
std::set<std::string> dangling_tables(sqlite3* connection) {
  std::set<std::string> tables;
  const auto note = [](void* found, int, char** values, char**) {
    static_cast<std::set<std::string>*>(found)->insert(values[0]);
    return 0;
  };
  check(sqlite3_exec(connection, "PRAGMA foreign_key_check", note, &tables, nullptr), connection);
  return tables;
}

}  // namespace

ChangeRecorder::ChangeRecorder(sqlite3* connection, std::span<const std::string_view> tables) {
  check(sqlite3session_create(connection, "main", &session_), connection);
  for (const std::string_view table : tables) {
    check(sqlite3session_attach(session_, std::string(table).c_str()), connection);
  }
}

ChangeRecorder::~ChangeRecorder() {
  sqlite3session_delete(session_);
}

std::string ChangeRecorder::changeset() const {
  int size = 0;
  void* bytes = nullptr;
  check(sqlite3session_changeset(session_, &size, &bytes));
  return taken(size, bytes);
}

std::string inverse_of(std::string_view changeset) {
  int size = 0;
  void* bytes = nullptr;
  check(sqlite3changeset_invert(size_of(changeset), bytes_of(changeset), &size, &bytes));
  return taken(size, bytes);
}

std::set<RowName> rows_of(std::string_view changeset) {
  std::set<RowName> rows;
  sqlite3_changeset_iter* at = nullptr;
  check(sqlite3changeset_start(&at, size_of(changeset), bytes_of(changeset)));
  const std::unique_ptr<sqlite3_changeset_iter, decltype(&sqlite3changeset_finalize)> owner(
      at, &sqlite3changeset_finalize);
  while (sqlite3changeset_next(at) == SQLITE_ROW) rows.insert(row_at(at));
  return rows;
}

Conflicts apply_changeset(sqlite3* connection, std::string_view changeset) {
  assert(sqlite3_get_autocommit(connection) == 0);
  Noted found;
  check(sqlite3changeset_apply(connection, size_of(changeset), bytes_of(changeset), nullptr,
                               &note_conflict, &found),
        connection);
  return {.rows = std::move(found.rows),
          .tables = found.dangling ? dangling_tables(connection) : std::set<std::string>()};
}

}  // namespace common
