#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <string>
#include <string_view>

namespace common {

/// Prepared statements of one connection, each compiled once. Belongs to the connection's thread,
/// and goes before the connection does.
class Statements final {
 public:
  Statements() = default;
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  /// A statement in use, at its beginning and with nothing bound; at the end of the use it lets go
  /// of its snapshot of the database. One text is in use once at a time.
  class Use final {
   public:
    explicit Use(SQLite::Statement& statement) : statement_(statement) {
      statement_.clearBindings();
    }
    ~Use() { statement_.tryReset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    SQLite::Statement& operator*() const { return statement_; }
    SQLite::Statement* operator->() const { return &statement_; }

    /// Binds from the first parameter on.
    template <class... Values>
    SQLite::Statement& with(const Values&... values) const {
      int at = 0;
      (statement_.bind(++at, values), ...);
      return statement_;
    }

   private:
    SQLite::Statement& statement_;
  };

  Use of(SQLite::Database& database, std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
      const std::string text(sql);
      found = statements_.try_emplace(text, database, text).first;
    }
    return Use(found->second);
  }

 private:
  std::map<std::string, SQLite::Statement, std::less<>> statements_{};
};

}  // namespace common
