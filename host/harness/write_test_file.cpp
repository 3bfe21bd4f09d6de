#include "host/harness/write_test_file.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <sstream>

namespace harness {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

std::string unicode_escape(char c) {
  std::array<char, 8> out{};
  std::snprintf(out.data(), out.size(), "\\u%04X", static_cast<unsigned>(c));
  return out.data();
}

/// Inside a basic string. Line ends stay where the string has several lines.
std::string escaped_text(std::string_view text, bool many_lines) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool quote_run = c == '"' && many_lines && i + 1 < text.size() && text[i + 1] != '"' &&
                           (i == 0 || text[i - 1] != '"');
    if (c == '\\' || (c == '"' && !quote_run)) {
      out.append("\\").push_back(c);
    } else if (c == '\n') {
      out.append(many_lines ? "\n" : "\\n");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (c == '\r') {
      out.append("\\r");
    } else if (is_control(c)) {
      out.append(unicode_escape(c));
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool is_bare(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

std::string toml_key(std::string_view key) {
  return is_bare(key) ? std::string(key) : "\"" + escaped_text(key, false) + "\"";
}

std::string toml_number(double value) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%.17g", value);
  const std::string text = out.data();
  return text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

/// On one line, whatever it holds.
std::string toml_line(std::string_view text) {
  const bool literal = text.find_first_of("\\\"") != text.npos && text.find('\'') == text.npos &&
                       std::ranges::none_of(text, is_control);
  if (literal) return "'" + std::string(text) + "'";
  return "\"" + escaped_text(text, false) + "\"";
}

std::string toml_list(const Json& list) {
  std::string out;
  for (const Json& each : list) {
    const std::string element = toml_inline(each);
    if (element.empty()) return "";
    out += (out.empty() ? "" : ", ") + element;
  }
  return "[" + out + "]";
}

std::string toml_table(const Json& table) {
  std::string out;
  for (const auto& [key, each] : table.items()) {
    const std::string member = toml_inline(each);
    if (member.empty()) return "";
    out += (out.empty() ? "" : ", ") + toml_key(key) + " = " + member;
  }
  return out.empty() ? "{}" : "{ " + out + " }";
}

/// The parts of a matcher, each "key = value".
std::vector<std::string> parts_of(const Matcher& matcher) {
  std::vector<std::string> parts;
  if (matcher.equals) parts.push_back("equals = " + toml_inline(*matcher.equals));
  if (matcher.like) parts.push_back("like = " + toml_quoted(*matcher.like));
  if (!matcher.contains.empty()) {
    parts.push_back("contains = " + toml_list(Json(matcher.contains)));
  }
  if (!matcher.matches.empty()) parts.push_back("matches = " + toml_list(Json(matcher.matches)));
  if (matcher.count) parts.push_back("count = " + std::to_string(*matcher.count));
  if (!matcher.type.empty()) parts.push_back("type = " + toml_line(matcher.type));
  if (matcher.absent) parts.push_back("absent = true");
  return parts;
}

std::string matcher_text(const Matcher& matcher) {
  Matcher others = matcher;
  others.equals.reset();
  if (others == Matcher{} && matcher.equals && !matcher.equals->is_object()) {
    if (matcher.equals->is_string()) return toml_quoted(matcher.equals->get<std::string>());
    return toml_inline(*matcher.equals);
  }
  std::string out;
  for (const std::string& part : parts_of(matcher)) out += (out.empty() ? "" : ", ") + part;
  return "{ " + out + " }";
}

class Writer {
 public:
  explicit Writer(fs::path here) : here_(std::move(here)) {}

  void comment(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out_ += "# " + line + "\n";
  }

  void file(const TestFile& file) {
    if (!file.server.empty()) pair("server", toml_line(file.server));
    if (!file.command.empty()) pair("server", toml_list(Json(file.command)));
    if (file.timeout) pair("timeout_seconds", seconds(*file.timeout));
    for (const Normalisation& rule : file.normalise) {
      head("[[normalise]]");
      pair("matches", toml_line(rule.matches));
      pair("as", toml_line(rule.as));
    }
    fixture(file.fixture, "fixture");
    steps(file.setup, "setup");
    steps(file.teardown, "teardown");
    for (const Test& test : file.tests) {
      head("[[test]]");
      pair("name", toml_line(test.name));
      fixture(test.fixture, "test.fixture");
      steps(test.setup, "test.setup");
      steps(test.steps, "test.step");
      steps(test.teardown, "test.teardown");
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void head(const std::string& line) { out_ += (out_.empty() ? "" : "\n") + line + "\n"; }
  void pair(const std::string& key, const std::string& value) {
    out_ += key + " = " + value + "\n";
  }

  static std::string seconds(std::chrono::milliseconds time) {
    return toml_number(static_cast<double>(time.count()) / 1000);
  }

  std::string relative(const fs::path& path) const {
    return toml_line(path.lexically_relative(here_).generic_string());
  }

  void fixture(const Fixture& fixture, const std::string& name) {
    if (fixture.copies.empty() && fixture.files.empty() && fixture.variables.empty() &&
        fixture.env.empty() && fixture.args.empty()) {
      return;
    }
    head("[" + name + "]");
    if (!fixture.copies.empty()) {
      std::string copies;
      for (const fs::path& copy : fixture.copies) {
        copies += (copies.empty() ? "" : ", ") + relative(copy);
      }
      pair("copy", "[" + copies + "]");
    }
    if (!fixture.args.empty()) pair("args", toml_list(Json(fixture.args)));
    for (const auto& [key, value] : fixture.env) pair("env." + toml_key(key), toml_line(value));
    for (const auto& [key, value] : fixture.variables) {
      pair("variables." + toml_key(key), toml_inline(value));
    }
    for (const FixtureFile& file : fixture.files) {
      std::string value = toml_quoted(file.text);
      if (file.folder) value = "{ folder = true }";
      if (!file.from.empty()) value = "{ from = " + relative(file.from) + " }";
      pair("files." + toml_key(file.path), value);
    }
  }

  void steps(const std::vector<Step>& steps, const std::string& name) {
    for (const Step& each : steps) {
      head("[[" + name + "]]");
      step(each);
    }
  }

  void step(const Step& step) {
    if (!step.name.empty()) pair("name", toml_line(step.name));
    pair("call", toml_line(step.call));
    if (!step.arguments.empty()) {
      const std::string table = toml_inline(step.arguments);
      pair("arguments", table.empty() ? toml_line(step.arguments.dump()) : table);
    }
    if (step.timeout) pair("timeout_seconds", seconds(*step.timeout));
    for (const Capture& capture : step.captures) {
      pair("capture." + toml_key(capture.name),
           capture.pattern.empty() ? toml_line(capture.pointer)
                                   : "{ matches = " + toml_line(capture.pattern) + " }");
    }
    expectation(step.expect);
  }

  void message(const std::string& key, const Matcher& matcher) {
    pair(key, matcher == Matcher{} ? "true" : "{ " + join(parts_of(matcher)) + " }");
  }

  static std::string join(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
  }

  void expectation(const Expectation& expect) {
    if (expect.error) message("expect.error", *expect.error);
    if (expect.refused) {
      if (expect.refused->code) pair("expect.refused.code", std::to_string(*expect.refused->code));
      message("expect.refused.message", expect.refused->message);
    }
    if (expect.text) pair("expect.text", matcher_text(*expect.text));
    for (const MemberExpectation& member : expect.structured) {
      pair("expect.structured." + toml_key(member.pointer), matcher_text(member.matcher));
    }
    if (expect.snapshot) pair("expect.snapshot", "true");
  }

  fs::path here_;
  std::string out_;
};

}  // namespace

std::string toml_quoted(std::string_view text) {
  if (text.find('\n') == text.npos) return toml_line(text);
  return "\"\"\"\n" + escaped_text(text, true) + "\"\"\"";
}

std::string toml_inline(const Json& value) {
  if (value.is_string()) return toml_line(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number_float()) return toml_number(value.get<double>());
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    const bool fits =
        number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return fits ? std::to_string(number) : "";
  }
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (value.is_array()) return toml_list(value);
  return value.is_object() ? toml_table(value) : "";
}

std::string write_test_file(const TestFile& file, const std::string& comment) {
  Writer writer(fs::absolute(file.path).parent_path());
  writer.comment(comment);
  writer.file(file);
  return writer.take();
}

}  // namespace harness
