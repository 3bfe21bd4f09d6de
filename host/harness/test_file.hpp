#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace harness {

/// A `*.test.toml` as values. What each key means is in examples/harness/test-files.md; reading is
/// in read_test_file.hpp. Texts may hold `${name}` until they are used (variables.hpp).

/// What one value has to be: everything that is given has to hold.
struct Matcher {
  std::optional<nlohmann::json> equals{};
  std::optional<std::string> like{};       ///< Equal once what changes is made the same (volatile).
  std::vector<nlohmann::json> contains{};  ///< Part of a text, an element, or members.
  std::vector<std::string> matches{};      ///< RE2 patterns, found anywhere in the text.
  std::optional<std::size_t> count{};      ///< Elements of a list, members of an object.
  std::string type{};                      ///< A type of JSON Schema; empty for any.
  bool absent{};
  friend bool operator==(const Matcher&, const Matcher&) = default;
};

/// What is expected of one member of an answer's structured content.
struct MemberExpectation {
  std::string pointer{};  ///< A JSON Pointer; "" is the whole.
  Matcher matcher{};
  friend bool operator==(const MemberExpectation&, const MemberExpectation&) = default;
};

/// What is expected of an answer. Without `error` and `refused` the call has to succeed.
struct Expectation {
  std::optional<Matcher> text{};
  std::vector<MemberExpectation> structured{};
  std::optional<Matcher> error{};  ///< The tool reports an error with such a text.
  struct Refusal {
    std::optional<int> code{};
    Matcher message{};
    friend bool operator==(const Refusal&, const Refusal&) = default;
  };
  std::optional<Refusal> refused{};  ///< The server answers with a JSON-RPC error.
  bool snapshot{};                   ///< The whole answer is the one kept beside the file.
  friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// A value taken out of an answer for what comes later.
struct Capture {
  std::string name{};
  std::string pointer{};  ///< Into the structured content, where `pattern` is empty.
  std::string pattern{};  ///< RE2, found in the text; its first group, else all of it, counts.
  friend bool operator==(const Capture&, const Capture&) = default;
};

struct Step {
  std::string name{};  ///< Empty: it goes by its number and tool.
  std::string call{};  ///< The tool.
  nlohmann::json arguments = nlohmann::json::object();
  std::vector<Capture> captures{};
  Expectation expect{};
  std::optional<std::chrono::milliseconds> timeout{};
  std::size_t line{};  ///< Where it stands in the file, from 1.
};

/// A file of the temporary folder: its text, a copy of another file, or a folder.
struct FixtureFile {
  std::string path{};  ///< Relative, and stays in the folder.
  std::string text{};
  std::filesystem::path from{};  ///< Copied, if not empty.
  bool folder{};
};

/// What a test finds in place.
struct Fixture {
  std::vector<std::filesystem::path> copies{};  ///< Folders whose contents are copied first.
  std::vector<FixtureFile> files{};
  std::map<std::string, nlohmann::json> variables{};
  std::map<std::string, std::string> env{};  ///< Added to the server's environment.
  std::vector<std::string> args{};           ///< Added to the server's arguments.
};

struct Test {
  std::string name{};
  Fixture fixture{};
  std::vector<Step> setup{};
  std::vector<Step> steps{};
  std::vector<Step> teardown{};
  std::size_t line{};
};

/// What `snapshot` and `like` take for the same: what matches becomes `as`.
struct Normalisation {
  std::string matches{};  ///< RE2.
  std::string as{};
};

struct TestFile {
  std::filesystem::path path{};
  std::string server{};                ///< A name of the configuration; empty if there is none.
  std::vector<std::string> command{};  ///< A program and its arguments, likewise.
  std::optional<std::chrono::milliseconds> timeout{};  ///< Of each call.
  Fixture fixture{};                                   ///< Of every test.
  std::vector<Step> setup{};                           ///< Before every test's own.
  std::vector<Step> teardown{};                        ///< After every test's own.
  std::vector<Normalisation> normalise{};
  std::vector<Test> tests{};
};

}  // namespace harness
