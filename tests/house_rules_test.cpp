#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/temp_folder.hpp"

/// The rules of the house that a compiler does not know: who may include whom, what a room may not
/// say, how long things may be, and that each tool has its schema, its handler and a test. The last
/// test plants one breach of every rule into a tree of its own and expects each to be found.
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

struct Source {
  std::string path{};  ///< From the root of the tree, with forward slashes.
  std::vector<std::string> lines{};
};

using Findings = std::vector<std::string>;

constexpr std::array<const char*, 5> kServers = {"calendar", "email", "tasks", "files", "memory"};
constexpr std::size_t kFileLinesMax = 500;
constexpr std::size_t kFunctionLinesMax = 60;

bool is_in(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || folder.ends_with('/') ||
                                      path[folder.size()] == '/' || path[folder.size()] == '.');
}

std::string at(const Source& source, std::size_t line, std::string_view what) {
  return source.path + ":" + std::to_string(line + 1) + ": " + std::string(what);
}

/// The line without its comment. Good enough for these rules: no string of ours holds "//" but
/// URLs, and what follows those is not code.
std::string code_of(const std::string& line) {
  return line.substr(0, line.find("//"));
}

std::vector<std::string> read_lines(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Source> sources_below(const fs::path& root) {
  std::vector<Source> sources;
  for (const char* folder : {"protocol", "schemas", "servers", "host", "tests"}) {
    if (!fs::exists(root / folder)) continue;
    fs::recursive_directory_iterator entries(root / folder);
    for (const fs::directory_entry& entry : entries) {
      if (entry.path().filename() == "node_modules") entries.disable_recursion_pending();
      const std::string extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      sources.push_back(
          {entry.path().lexically_relative(root).generic_string(), read_lines(entry.path())});
    }
  }
  return sources;
}

// --- Who may include whom
// ---------------------------------------------------------------------------

struct Row {
  std::string room{};
  std::vector<std::string> may_include{};  ///< Beside itself.
};

/// DESIGN's table. The first row whose room holds the file decides; what no row names (tests, the
/// host's main.cpp and its commands) may include everything.
std::vector<Row> include_table() {
  std::vector<Row> table = {
      {"protocol/jsonrpc", {}},
      {"protocol/transport", {"protocol/jsonrpc"}},
      {"protocol/schema", {"protocol/jsonrpc"}},
      {"protocol/mcp", {"protocol/jsonrpc", "protocol/transport", "protocol/schema"}},
      {"protocol/auth", {"protocol/jsonrpc", "protocol/transport", "protocol/schema"}},
      {"schemas", {"protocol/mcp"}},
      {"servers/common", {"protocol/mcp", "protocol/transport", "schemas/common"}},
      {"host/config", {"servers/common", "protocol/mcp"}},
      {"host/trust", {"servers/common", "protocol/mcp", "schemas/common"}},
      {"host/formats", {"servers/common", "schemas", "protocol/mcp"}},
      {"host/model", {"protocol/transport/http_client"}},
      {"host/tools", {"protocol", "host/trust", "host/config", "servers/common", "schemas/common"}},
      {"host/harness", {"protocol", "host/tools", "host/trust", "host/config", "servers/common"}},
      {"host/planner", {"host/model", "host/tools", "servers/common", "schemas", "protocol/mcp"}},
      {"host/agent",
       {"host/planner", "host/tools", "host/trust", "servers/common", "schemas", "protocol/mcp"}},
      {"host/schedule", {"host/agent", "host/tools", "host/trust"}},
      {"host/web", {"host/agent", "host/tools", "host/trust"}},
  };
  for (const std::string server : kServers) {
    table.push_back(
        {"servers/" + server,
         {"servers/common", "schemas/" + server, "schemas/common", "protocol/mcp",
          "protocol/transport/descriptor", "protocol/transport/http_client", "protocol/auth"}});
  }
  return table;
}

void check_includes(const Source& source, Findings& findings) {
  static const std::vector<Row> table = include_table();
  static const std::regex own(R"re(^#include "([^"]*)")re");
  const auto row =
      std::ranges::find_if(table, [&](const Row& r) { return is_in(source.path, r.room); });
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    std::smatch match;
    if (!std::regex_search(source.lines[i], match, own)) continue;
    const std::string included = match[1];
    if (included.find('/') == std::string::npos || included.starts_with("../")) {
      findings.push_back(at(source, i, "include by the full path from the root: " + included));
    } else if (source.path.starts_with("servers/") && included.starts_with("host/")) {
      findings.push_back(at(source, i, "a server never includes the host: " + included));
    } else if (source.path.starts_with("host/") && included.starts_with("servers/") &&
               !is_in(included, "servers/common")) {
      findings.push_back(at(source, i, "the host never includes a server: " + included));
    } else if (row != table.end() && !is_in(included, row->room) &&
               std::ranges::none_of(row->may_include, [&](const std::string& room) {
                 return is_in(included, room);
               })) {
      findings.push_back(at(source, i, row->room + " may not include " + included));
    }
  }
}

// --- What may not stand where
// -----------------------------------------------------------------------

struct Ban {
  std::string what{};
  std::regex pattern{};
  std::function<bool(const std::string& path)> applies{};
  bool comments_too{};
};

/// Beside main, protocol/ and host/tools/ only these catch: each wraps a library that throws.
bool may_catch(const std::string& path) {
  static const std::set<std::string> wrappers = {
      "host/commands/command_line.cpp",          // CLI11
      "host/config/config.cpp",                  // toml++
      "host/config/edit.cpp",                    // toml++, which has to read what was written
      "host/harness/read_test_file.cpp",         // toml++
      "host/harness/recorded_file.cpp",          // a session goes on without its record
      "host/harness/run_test_file.cpp",          // a test that cannot be run is a result
      "host/harness/server_under_test.cpp",      // a request that fails is what it looks for
      "schemas/gen/model.cpp",                   // nlohmann: names the file that does not parse
      "schemas/gen/schema_gen.cpp",              // a main
      "servers/common/database.cpp",             // SQLiteCpp
      "servers/common/icalendar/objects.cpp",    // one bad event is named, the others go on
      "servers/common/icalendar/zone_book.cpp",  // so is one bad zone
      "servers/common/options.cpp",              // CLI11
      "servers/common/run.cpp",                  // the servers' main
      "servers/common/settings.cpp",             // toml++
  };
  return path.ends_with("main.cpp") || is_in(path, "protocol") || is_in(path, "host/tools") ||
         is_in(path, "tests") || wrappers.contains(path);
}

/// The gate is the agent's only road to a tool. The harness is a developer's instrument, on
/// processes of its own.
bool may_speak(const std::string& path) {
  return is_in(path, "host/tools") || is_in(path, "host/harness");
}

/// Before a server serves, --help and --version go to stdout.
bool may_print(const std::string& path) {
  return path == "servers/common/run.cpp";
}

/// Where `database` opens its transactions.
bool may_begin(const std::string& path) {
  return is_in(path, "servers/common/database") || is_in(path, "servers/common/transaction_hooks");
}

/// The one table that all threads share; it is also what guards libical's own static variable.
bool may_lock(const std::string& path) {
  return path == "servers/common/icalendar/zones.cpp";
}

bool is_handler(const std::string& path) {
  static const std::regex handler("^servers/[a-z]+/tools/[a-z_]+\\.cpp$");
  return std::regex_match(path, handler);
}

bool is_server(const std::string& path) {
  return path.starts_with("servers/");
}

bool is_ours(const std::string& path) {
  return path != "tests/house_rules_test.cpp";
}

bool is_test(const std::string& path) {
  return path.starts_with("tests/") && is_ours(path);
}

std::vector<Ban> bans() {
  return {
      {"unfinished work",
       std::regex("\\b(TO"
                  "DO|FIX"
                  "ME|XXX)\\b"),
       is_ours, true},
      {"using namespace", std::regex("\\busing namespace\\b(?! std::(chrono|.*literals))"),
       is_ours},
      {"using namespace in a header", std::regex("\\busing namespace\\b"),
       [](const std::string& p) { return p.ends_with(".hpp"); }},
      {"stdout is the wire", std::regex("\\bstd::cout\\b|\\b(printf|puts|putchar)\\("),
       [](const std::string& p) {
         return (is_server(p) && !may_print(p)) || p.starts_with("protocol/");
       }},
      {"a catch outside the rooms that catch", std::regex("\\bcatch \\("),
       [](const std::string& p) { return is_ours(p) && !may_catch(p); }},
      {"a transaction outside servers/common/database",
       std::regex(
           "SQLite::Transaction|\"((BEGIN|COMMIT|SAVEPOINT|ROLLBACK)[ ;]|(COMMIT|ROLLBACK)\")"),
       [](const std::string& p) { return !p.starts_with("tests/") && !may_begin(p); }},
      {"a JSON library under servers/ outside formats/", std::regex("nlohmann"),
       [](const std::string& p) {
         return is_server(p) && p.find("/formats/") == std::string::npos;
       }},
      {"SQL in a handler", std::regex("sqlite|SQLite|\"(SELECT|INSERT|UPDATE|DELETE) "),
       is_handler},
      {"JSON in a handler", std::regex("\\bjson\\b|Json\\{"), is_handler},
      {"a mutex under servers/", std::regex("std::(recursive_|shared_)?mutex\\b"),
       [](const std::string& p) { return is_server(p) && !may_lock(p); }},
      {"sleeping in a test", std::regex("\\bsleep_(for|until)\\b|\\bu?sleep\\("), is_test},
      {"a test that does not run",
       std::regex("GTEST_SK"
                  "IP(?!\\(\\) << \"not run: )|DISAB"
                  "LED_"),
       is_test},
      {"only host/tools and the harness speak to a server", std::regex("mcp/client\\.hpp"),
       [](const std::string& p) { return p.starts_with("host/") && !may_speak(p); }},
      {"a class with a base that is neither final nor an error",
       std::regex("^ *(class|struct) [A-Za-z_]+ : (?!.*(std::|Error))"),
       [](const std::string& p) { return !p.starts_with("tests/"); }},
  };
}

void check_bans(const Source& source, Findings& findings) {
  static const std::vector<Ban> all = bans();
  for (const Ban& ban : all) {
    if (!ban.applies(source.path)) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      const std::string line = ban.comments_too ? source.lines[i] : code_of(source.lines[i]);
      if (std::regex_search(line, ban.pattern)) findings.push_back(at(source, i, ban.what));
    }
  }
}

// --- How long things may be
// -------------------------------------------------------------------------

/// clang-format puts the first line of a function and its closing brace at the same column, and
/// nothing else of it.
void check_lengths(const Source& source, Findings& findings) {
  if (source.lines.size() > kFileLinesMax) {
    findings.push_back(at(source, kFileLinesMax, "the file has more than 500 lines"));
  }
  if (source.path.ends_with(".hpp") &&
      std::ranges::find(source.lines, "#pragma once") == source.lines.end()) {
    findings.push_back(at(source, 0, "the header has no #pragma once"));
  }
  std::size_t start = 0;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& line = source.lines[i];
    if (line == "}" && i - start + 1 > kFunctionLinesMax) {
      findings.push_back(at(source, start, "the function has more than 60 lines"));
    }
    if (!line.empty() && std::isalpha(static_cast<unsigned char>(line.front())) != 0) start = i;
  }
}

// --- Every tool is whole
// ----------------------------------------------------------------------------

/// All of tests/wire's transcripts in one text.
std::string transcripts_of(const fs::path& root) {
  std::string text;
  if (!fs::exists(root / "tests/wire")) return text;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / "tests/wire")) {
    if (entry.path().extension() != ".wire") continue;
    for (const std::string& line : read_lines(entry.path())) text += line + "\n";
  }
  return text;
}

void check_tools(const fs::path& root, Findings& findings) {
  const std::string transcripts = transcripts_of(root);
  for (const std::string server : kServers) {
    std::set<std::string> tools;
    if (fs::exists(root / "schemas" / server)) {
      for (const auto& entry : fs::directory_iterator(root / "schemas" / server)) {
        if (entry.path().filename() != "types.json" && entry.path().extension() == ".json") {
          tools.insert(entry.path().stem());
        }
      }
    }
    const fs::path handlers = root / "servers" / server / "tools";
    for (const std::string& tool : tools) {
      if (!fs::exists(handlers / (tool + ".cpp"))) {
        findings.push_back("servers/" + server + "/tools/" + tool +
                           ".cpp: the tool has no handler");
      }
      if (transcripts.find("call " + tool + " ") == std::string::npos) {
        findings.push_back("schemas/" + server + "/" + tool +
                           ".json: no transcript calls the tool");
      }
    }
    if (!fs::exists(handlers)) continue;
    for (const auto& entry : fs::directory_iterator(handlers)) {
      if (entry.path().extension() == ".cpp" && !tools.contains(entry.path().stem())) {
        findings.push_back(entry.path().lexically_relative(root).generic_string() +
                           ": the handler has no schema");
      }
    }
  }
}

Findings check_tree(const fs::path& root) {
  Findings findings;
  for (const Source& source : sources_below(root)) {
    check_includes(source, findings);
    check_bans(source, findings);
    check_lengths(source, findings);
  }
  check_tools(root, findings);
  return findings;
}

// --- The tests
// --------------------------------------------------------------------------------------

class PlantedTree : public testing::Test {
 protected:
  void plant(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  test::TempFolder root_{};
};

struct Breach {
  std::string path{};
  std::string text{};
  std::string found{};
};

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "  work();\n";
  return text;
}

std::vector<Breach> breaches() {
  const std::string tasks = "servers/tasks/";
  return {
      {"protocol/jsonrpc/a.cpp", "#include \"protocol/mcp/server.hpp\"\n",
       "jsonrpc may not include"},
      {"protocol/mcp/b.cpp", "#include \"schemas/common/time.hpp\"\n",
       "protocol/mcp may not include"},
      {tasks + "c.cpp", "#include \"host/trust/audit.hpp\"\n", "a server never includes the host"},
      {tasks + "d.cpp", "#include \"servers/email/mail.hpp\"\n", "servers/tasks may not include"},
      {"host/tools/e.cpp", "#include \"servers/tasks/store.hpp\"\n",
       "the host never includes a server"},
      {"host/planner/e.cpp", "#include \"host/web/page.hpp\"\n", "host/planner may not include"},
      {tasks + "f.cpp", "#include \"store.hpp\"\n", "full path"},
      {"host/agent/g.cpp",
       "// TO"
       "DO: later\n",
       "unfinished work"},
      {"host/commands/g.cpp", "#include \"protocol/mcp/client.hpp\"\n",
       "only host/tools and the harness speak"},
      {"host/agent/h.cpp", "using namespace std;\n", "h.cpp:1: using namespace"},
      {"host/agent/h.hpp", "using namespace std::chrono;\n", "using namespace in a header"},
      {tasks + "i.cpp", "std::cout << 1;\n", "stdout is the wire"},
      {tasks + "j.cpp", "} catch (const std::exception& e) {\n", "a catch outside"},
      {tasks + "k.cpp", "SQLite::Transaction t(db);\n", "a transaction outside"},
      {tasks + "l.cpp", "#include <nlohmann/json.hpp>\n", "a JSON library under servers/"},
      {tasks + "tools/m.cpp", "q(\"SELECT 1\");\n", "SQL in a handler"},
      {tasks + "tools/n.cpp", "const json j;\n", "JSON in a handler"},
      {tasks + "o.hpp", "#pragma once\nstd::mutex m;\n", "a mutex under servers/"},
      {"tests/unit/p.cpp", "std::this_thread::sleep_for(1s);\n", "sleeping in a test"},
      {"tests/unit/q.cpp",
       "GTEST_SK"
       "IP();\n",
       "a test that does not run"},
      {tasks + "r.cpp", "class Store : public Base {\n", "neither final nor an error"},
      {tasks + "s.cpp", lines(501), "more than 500 lines"},
      {tasks + "t.hpp", "struct T {};\n", "no #pragma once"},
      {tasks + "u.cpp", "void u() {\n" + lines(60) + "}\n", "more than 60 lines"},
      {"schemas/tasks/v_task.json", "{}", "v_task.cpp: the tool has no handler"},
      {"schemas/tasks/v_task.json", "{}", "v_task.json: no transcript calls the tool"},
      {tasks + "tools/w.cpp", "\n", "w.cpp: the handler has no schema"},
  };
}

TEST(HouseRules, HoldInThisTree) {
  const Findings findings = check_tree(ADJUTANT_SOURCE_DIR);
  for (const std::string& finding : findings) ADD_FAILURE() << finding;
}

TEST_F(PlantedTree, IsCleanAsLongAsNobodyBreaksARule) {
  plant("schemas/tasks/get_tasks.json", "{}");
  plant("tests/wire/tasks/get_tasks.wire", "call get_tasks {}\n");
  plant("servers/tasks/tools/get_tasks.cpp",
        "#include \"schemas/tasks/get_tasks.hpp\"\n#include \"servers/tasks/context.hpp\"\n"
        "// stdout is not for std::cout\nvoid get() {\n" +
            lines(58) + "}\n");
  plant("servers/tasks/store.hpp", "#pragma once\nclass Store final : public Base {\n};\n");
  EXPECT_THAT(check_tree(root_.path()), IsEmpty());
}

TEST_F(PlantedTree, ShowsEveryBreach) {
  for (const Breach& breach : breaches()) plant(breach.path, breach.text);
  const Findings findings = check_tree(root_.path());
  for (const Breach& breach : breaches()) {
    EXPECT_THAT(findings, Contains(HasSubstr(breach.found))) << breach.path;
  }
}

}  // namespace
