#include "host/harness/read_test_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "host/harness/known_names.hpp"
#include "host/harness/read_expectation.hpp"
#include "host/harness/toml_node.hpp"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// A table, or a text that holds one as JSON (which can say null).
Json read_arguments(const TomlNode& node) {
  if (!node.is_text()) {
    if (!node.is_table()) node.refuse("expected a table, or a text that holds a JSON object");
    return node.json();
  }
  Json arguments = Json::parse(node.text(), nullptr, false);
  if (!arguments.is_object()) node.refuse("holds no JSON object; write '{\"name\": \"value\"}'");
  return arguments;
}

Step read_step(const TomlNode& node) {
  Step step{.line = node.line()};
  for (const auto& [key, value] :
       node.members({"name", "call", "arguments", "capture", "expect", "timeout_seconds"})) {
    if (key == "name") step.name = value.filled_text();
    if (key == "call") step.call = value.filled_text();
    if (key == "arguments") step.arguments = read_arguments(value);
    if (key == "capture") step.captures = read_captures(value);
    if (key == "expect") step.expect = read_expectation(value);
    if (key == "timeout_seconds") step.timeout = value.seconds();
  }
  if (step.call.empty()) node.refuse("has no call; write call = \"the tool's name\"");
  if (step.expect.refused && !step.captures.empty()) {
    node.refuse("captures from a call that is to be refused; leave capture or refused out");
  }
  return step;
}

std::vector<Step> read_steps(const TomlNode& node) {
  std::vector<Step> steps;
  for (const TomlNode& each : node.elements()) steps.push_back(read_step(each));
  return steps;
}

/// A path that stays in the folder it is put into.
void require_inside(const TomlNode& node, const fs::path& path) {
  const bool leaves =
      std::any_of(path.begin(), path.end(), [](const fs::path& p) { return p == ".."; });
  if (path.empty() || path.is_absolute() || leaves) {
    node.refuse("\"" + path.string() +
                "\" leaves the test's folder; give a relative path without ..");
  }
}

FixtureFile read_fixture_file(const std::string& path, const TomlNode& node, const fs::path& here) {
  FixtureFile file{.path = path};
  require_inside(node, path);
  if (node.is_text()) {
    file.text = node.text();
    return file;
  }
  for (const auto& [key, value] : node.members({"from", "folder"})) {
    if (key == "from") file.from = here / value.filled_text();
    if (key == "folder") file.folder = value.truth();
  }
  if (file.from.empty() == !file.folder) {
    node.refuse("takes the file's text, {from = \"another file\"} or {folder = true}");
  }
  if (!file.from.empty() && !fs::is_regular_file(file.from)) {
    node.refuse("there is no file " + file.from.string() + "; it is looked for beside this file");
  }
  return file;
}

std::vector<fs::path> read_copies(const TomlNode& node, const fs::path& here) {
  std::vector<fs::path> copies;
  for (const std::string& each :
       node.is_list() ? node.texts() : std::vector<std::string>{node.filled_text()}) {
    copies.push_back(here / each);
    if (!fs::is_directory(copies.back())) {
      node.refuse("there is no folder " + copies.back().string() +
                  "; it is looked for beside this file");
    }
  }
  return copies;
}

Fixture read_fixture(const TomlNode& node, const fs::path& here) {
  Fixture fixture;
  for (const auto& [key, value] : node.members({"copy", "files", "variables", "env", "args"})) {
    if (key == "copy") fixture.copies = read_copies(value, here);
    if (key == "args") fixture.args = value.texts();
    if (key == "files") {
      for (const auto& [path, file] : value.members()) {
        fixture.files.push_back(read_fixture_file(path, file, here));
      }
    }
    if (key == "variables") {
      for (const auto& [name, each] : value.members()) {
        require_free_name(each, name);
        fixture.variables[name] = each.json();
      }
    }
    if (key == "env") {
      for (const auto& [name, each] : value.members()) fixture.env[name] = each.text();
    }
  }
  return fixture;
}

Test read_test(const TomlNode& node, const fs::path& here) {
  Test test{.line = node.line()};
  for (const auto& [key, value] : node.members({"name", "fixture", "setup", "step", "teardown"})) {
    if (key == "name") test.name = value.filled_text();
    if (key == "fixture") test.fixture = read_fixture(value, here);
    if (key == "setup") test.setup = read_steps(value);
    if (key == "step") test.steps = read_steps(value);
    if (key == "teardown") test.teardown = read_steps(value);
  }
  if (test.name.empty()) node.refuse("has no name; write name = \"what it shows\"");
  if (test.steps.empty()) node.refuse("has no steps; write [[test.step]] with a call below it");
  return test;
}

std::vector<Test> read_tests(const TomlNode& node, const fs::path& here) {
  std::vector<Test> tests;
  std::set<std::string> names;
  for (const TomlNode& each : node.elements()) {
    tests.push_back(read_test(each, here));
    if (!names.insert(tests.back().name).second) {
      each.refuse("there is a test \"" + tests.back().name +
                  "\" already; each needs a name of its own");
    }
  }
  return tests;
}

std::vector<Normalisation> read_normalise(const TomlNode& node) {
  std::vector<Normalisation> list;
  for (const TomlNode& each : node.elements()) {
    Normalisation rule;
    for (const auto& [key, value] : each.members({"matches", "as"})) {
      if (key == "as") rule.as = value.text();
      if (key == "matches") {
        rule.matches = value.filled_text();
        require_pattern(value, rule.matches);
      }
    }
    if (rule.matches.empty()) each.refuse("has no pattern; write matches = '...' and as = '...'");
    list.push_back(std::move(rule));
  }
  return list;
}

void read_server(const TomlNode& node, TestFile& file) {
  if (node.is_text()) {
    file.server = node.filled_text();
    return;
  }
  if (!node.is_list())
    node.refuse("expected a name of the configuration, or [\"command\", \"arg\"]");
  file.command = node.texts();
  if (file.command.empty() || file.command.front().empty()) {
    node.refuse("is an empty command; write [\"program\", \"argument\", ...]");
  }
}

TestFile read_root(const TomlNode& root, const fs::path& path) {
  TestFile file{.path = path};
  const fs::path here = fs::absolute(path).parent_path();
  for (const auto& [key, value] : root.members(
           {"server", "timeout_seconds", "fixture", "setup", "teardown", "normalise", "test"})) {
    if (key == "server") read_server(value, file);
    if (key == "timeout_seconds") file.timeout = value.seconds();
    if (key == "fixture") file.fixture = read_fixture(value, here);
    if (key == "setup") file.setup = read_steps(value);
    if (key == "teardown") file.teardown = read_steps(value);
    if (key == "normalise") file.normalise = read_normalise(value);
    if (key == "test") file.tests = read_tests(value, here);
  }
  if (file.tests.empty()) root.refuse("has no tests; write [[test]] with a name and [[test.step]]");
  return file;
}

}  // namespace

TestFile parse_test_file(const std::string& text, const fs::path& path) {
  try {
    const toml::table root = toml::parse(text, path.string());
    TestFile file = read_root(TomlNode(path, root, ""), path);
    require_known_names(file);
    return file;
  } catch (const toml::parse_error& problem) {
    throw std::runtime_error(path.string() + ":" + std::to_string(problem.source().begin.line) +
                             ": this is no TOML: " + std::string(problem.description()));
  }
}

TestFile read_test_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    throw std::runtime_error(path.string() + ": there is no such file; name a *.test.toml");
  }
  if (fs::file_size(path, error) > kTestFileMax) {
    throw std::runtime_error(path.string() + ": is larger than 16 MiB; split it");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path.string() + ": cannot be read; look at its permissions");
  return parse_test_file(std::string(std::istreambuf_iterator<char>(in), {}), path);
}

}  // namespace harness
