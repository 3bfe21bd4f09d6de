#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/temp_folder.hpp"
#include "tests/wire/session.hpp"

/// Plays the transcripts of tests/wire/<server>/*.wire through the real programs. A transcript is
/// text:
///
///     # a comment
///     options --tools all          what the server is started with, beside its data folder and
///     clock;
///                                  with `sample` first: the sample day's mail, calendar or
///                                  documents
///     clock 2026-03-16T10:00:00+01:00
///     > {"jsonrpc": ...}           a line as it is
///     < {"jsonrpc": ...}           its answer
///     call add_tasks {"tasks": []} a tools/call (after a handshake, unless one was typed)
///     | Added 1 task               the text of the result, line by line
///     = {"tasks": []}              its structuredContent
///     ! /tasks: ...                the text of a result with isError, line by line
///     let task = /tasks/0/id       keeps a string of the last structuredContent; ${task} stands
///     for it
///                                  in what is sent and in what came back, as ${dir} does for the
///                                  folder
///
/// UPDATE_GOLDEN=1 writes the answers into the files instead of comparing them.
namespace wire {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

/// The first line in which the two differ, both ways; empty if there is none.
std::string first_difference(const std::string& played, const std::string& written) {
  std::istringstream left(played);
  std::istringstream right(written);
  std::string came;
  std::string expected;
  for (int number = 1;; ++number) {
    const bool more = static_cast<bool>(std::getline(left, came));
    const bool other = static_cast<bool>(std::getline(right, expected));
    if (!more && !other) return "";
    if (more && other && came == expected) continue;
    return "line " + std::to_string(number) + "\n- " + (other ? expected : "(the end)") + "\n+ " +
           (more ? came : "(the end)");
  }
}

class Player final {
 public:
  Player(std::string server, const fs::path& folder)
      : server_(std::move(server)), folder_(folder), names_{{"dir", folder.string()}} {}

  /// The transcript again, with the answers that came.
  std::string play(const std::string& transcript) {
    std::istringstream in(transcript);
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.front() == '#') {
        played_ += line + "\n";
      } else if (std::string("<|=!").find(line.front()) == std::string::npos) {
        played_ += line + "\n";
        step(expand(line));
      }
    }
    if (session_) {
      EXPECT_EQ(session_->process().finish(), 0) << read_file(folder_ / "errors.log");
    }
    return played_;
  }

 private:
  void step(const std::string& line) {
    std::istringstream words(line);
    std::string verb;
    words >> verb;
    std::string rest;
    std::getline(words >> std::ws, rest);
    if (verb == "options") return take_options(rest);
    if (verb == "clock") return set_clock(folder_, rest);
    if (verb == "let") return keep(rest);
    if (verb == ">") return exchange(rest);
    if (verb == "call") return call(rest);
    FAIL() << "no such step: " << line;
  }

  void take_options(const std::string& rest) {
    std::istringstream words(rest);
    for (std::string word; words >> word;) {
      if (word == "sample") {
        options_ = sample_options(server_, folder_);
      } else {
        options_.push_back(word);
      }
    }
  }

  Session& session() {
    if (!session_) session_ = std::make_unique<Session>(server_, folder_, options_);
    return *session_;
  }

  void exchange(const std::string& line) {
    shaken_ = true;
    if (const std::optional<Json> answer = session().exchange(line)) write("< ", answer->dump());
  }

  void call(const std::string& rest) {
    if (!shaken_) session().initialize();
    shaken_ = true;
    const std::size_t space = rest.find(' ');
    const Json result = session().call(rest.substr(0, space), Json::parse(rest.substr(space + 1)));
    const bool failed = result.value("isError", false);
    for (const Json& block : result.value("content", Json::array())) {
      write(failed ? "! " : "| ", block.value("text", ""));
    }
    if (failed) return;
    content_ = result.value("structuredContent", Json());
    write("= ", content_.dump());
  }

  /// "task = /tasks/0/id"
  void keep(const std::string& rest) {
    std::istringstream words(rest);
    std::string name;
    std::string equals;
    std::string pointer;
    words >> name >> equals >> pointer;
    names_[name] = content_.at(Json::json_pointer(pointer)).get<std::string>();
    replace_all(played_, names_[name], "${" + name + "}");
  }

  std::string expand(std::string line) const {
    for (const auto& [name, value] : names_) replace_all(line, "${" + name + "}", value);
    return line;
  }

  void write(const std::string& prefix, std::string text) {
    for (const auto& [name, value] : names_) replace_all(text, value, "${" + name + "}");
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) played_ += prefix + line + "\n";
  }

  std::string server_;
  fs::path folder_;
  std::map<std::string, std::string> names_;
  std::vector<std::string> options_{};
  std::unique_ptr<Session> session_{};
  bool shaken_{};
  Json content_{};
  std::string played_{};
};

class Transcript : public testing::TestWithParam<fs::path> {};

TEST_P(Transcript, IsAnsweredAsWritten) {
  const test::TempFolder folder;
  const fs::path file = GetParam();
  const std::string written = read_file(file);
  Player player(file.parent_path().filename(), folder.path());
  const std::string played = player.play(written);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(file, std::ios::binary) << played;
  } else {
    EXPECT_EQ(first_difference(played, written), "") << "UPDATE_GOLDEN=1 renews " << file;
  }
}

std::vector<fs::path> transcripts() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(ADJUTANT_SOURCE_DIR "/tests/wire")) {
    if (entry.path().extension() == ".wire") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

INSTANTIATE_TEST_SUITE_P(Wire, Transcript, testing::ValuesIn(transcripts()), [](const auto& file) {
  return file.param.parent_path().filename().string() + "_" + file.param.stem().string();
});

}  // namespace
}  // namespace wire
