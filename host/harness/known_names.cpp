#include "host/harness/known_names.hpp"

#include <set>
#include <stdexcept>

#include "host/harness/variables.hpp"

namespace harness {
namespace {

using Names = std::set<std::string>;

/// Walks one test in the order in which it runs.
class Walk {
 public:
  Walk(const TestFile& file, Names names) : file_(file), names_(std::move(names)) {}

  void steps(const std::vector<Step>& steps) {
    for (const Step& each : steps) step(each);
  }

  void text(const std::string& text, std::size_t line, const std::string& where) const {
    const Template read = read_template(text);
    if (!read.problem.empty()) refuse(line, where, read.problem);
    for (const Template::Part& part : read.parts) {
      if (!part.is_name || part.text.starts_with("env.") || names_.contains(part.text)) continue;
      std::string known;
      for (const std::string& name : names_) known += (known.empty() ? "" : ", ") + name;
      refuse(line, where,
             "${" + part.text + "} is not known here; there are " + known +
                 "; a capture of an earlier step or fixture.variables makes more");
    }
  }

  void json(const nlohmann::json& value, std::size_t line, const std::string& where) const {
    for_each_text(value, [&](const std::string& each) { text(each, line, where); });
  }

 private:
  [[noreturn]] void refuse(std::size_t line, const std::string& where,
                           const std::string& problem) const {
    throw std::runtime_error(file_.path.string() + (line > 0 ? ":" + std::to_string(line) : "") +
                             ": " + where + ": " + problem);
  }

  void matcher(const Matcher& matcher, std::size_t line, const std::string& where) const {
    if (matcher.equals) json(*matcher.equals, line, where);
    if (matcher.like) text(*matcher.like, line, where);
    for (const nlohmann::json& each : matcher.contains) json(each, line, where);
    for (const std::string& each : matcher.matches) text(each, line, where);
  }

  void step(const Step& step) {
    const std::string where = step.call;
    json(step.arguments, step.line, where + ".arguments");
    for (const Capture& capture : step.captures) names_.insert(capture.name);
    const Expectation& expect = step.expect;
    if (expect.text) matcher(*expect.text, step.line, where + ".expect.text");
    for (const MemberExpectation& member : expect.structured) {
      matcher(member.matcher, step.line, where + ".expect.structured." + member.pointer);
    }
    if (expect.error) matcher(*expect.error, step.line, where + ".expect.error");
    if (expect.refused) matcher(expect.refused->message, step.line, where + ".expect.refused");
  }

  const TestFile& file_;
  Names names_;
};

void check_fixture(const Walk& walk, const Fixture& fixture, std::size_t line) {
  for (const FixtureFile& file : fixture.files)
    walk.text(file.text, line, "fixture.files." + file.path);
  for (const auto& [name, value] : fixture.env) walk.text(value, line, "fixture.env." + name);
  for (const std::string& arg : fixture.args) walk.text(arg, line, "fixture.args");
}

/// Variables may use only what the harness gives, so that their order does not matter.
void check_variables(const TestFile& file, const Fixture& fixture, std::size_t line) {
  const Walk walk(file, {"folder", "here", "client"});
  for (const auto& [name, value] : fixture.variables) {
    walk.json(value, line, "fixture.variables." + name);
  }
}

}  // namespace

void require_free_name(const TomlNode& node, const std::string& name) {
  if (!is_variable_name(name) || name.find('.') != name.npos) {
    node.refuse("is no name for a variable; use letters, digits and _");
  }
  if (name == "folder" || name == "here" || name == "client") {
    node.refuse("is the harness's own name; choose another");
  }
}

void require_known_names(const TestFile& file) {
  check_variables(file, file.fixture, 0);
  for (const Test& test : file.tests) {
    check_variables(file, test.fixture, test.line);
    Names names{"folder", "here", "client"};
    for (const auto& [name, value] : file.fixture.variables) names.insert(name);
    for (const auto& [name, value] : test.fixture.variables) names.insert(name);
    Walk walk(file, std::move(names));
    for (const std::string& word : file.command) walk.text(word, 0, "server");
    check_fixture(walk, file.fixture, 0);
    check_fixture(walk, test.fixture, test.line);
    walk.steps(file.setup);
    walk.steps(test.setup);
    walk.steps(test.steps);
    walk.steps(test.teardown);
    walk.steps(file.teardown);
  }
}

}  // namespace harness
