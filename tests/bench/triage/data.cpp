#include "tests/bench/triage/data.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/temp_folder.hpp"

namespace bench {
namespace {

namespace fs = std::filesystem;

void unpack(const fs::path& archive, const fs::path& into) {
  std::vector<std::string> words = {"tar", "-xJf", archive.string(), "-C", into.string()};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child{};
  int status = -1;
  if (::posix_spawnp(&child, "tar", nullptr, nullptr, arguments.data(), environ) != 0 ||
      ::waitpid(child, &status, 0) != child || status != 0) {
    throw std::runtime_error(archive.string() + ": tar could not unpack it");
  }
}

bool is_labels(const fs::path& file) {
  return file.extension() == ".csv" && file.filename().string().find("labels") != std::string::npos;
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) {
    if (!cell.empty() && cell.back() == '\r') cell.pop_back();
    out.push_back(cell);
  }
  return out;
}

/// Where the first line has the column.
std::size_t column(const std::vector<std::string>& names, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

void read_labels(const fs::path& labels, const fs::path& unpacked, std::vector<LabelledMail>& out) {
  std::ifstream stream(labels);
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> names = cells(line);
  const std::size_t file_at = column(names, "file");
  const std::size_t label_at = column(names, "label");
  const std::size_t group_at = column(names, "group");
  if (std::max(file_at, label_at) >= names.size()) {
    throw std::runtime_error(labels.string() + ": expected a first line `file,label,group`");
  }
  while (std::getline(stream, line)) {
    const std::vector<std::string> row = cells(line);
    if (row.size() <= std::max(file_at, label_at)) {
      throw std::runtime_error(labels.string() + ": no label in \"" + line + '"');
    }
    fs::path file = labels.parent_path() / row[file_at];
    if (!fs::exists(file)) file = unpacked / row[file_at];
    out.push_back({.file = row[file_at],
                   .label = row[label_at],
                   .group = row[group_at < row.size() ? group_at : label_at],
                   .mail = email::read_mail(read_bytes(file))});
  }
}

/// The given sentences have $LINK where there was an address.
std::string with_links(std::string text) {
  constexpr std::string_view kMark = "$LINK";
  for (std::size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at + 1)) {
    text.replace(at, kMark.size(), "http://link.example/");
  }
  return text;
}

/// All sentences of a file, or none and which line is not one.
void read_sentences(const fs::path& file, Labelled& out) {
  std::vector<LabelledSentence> found;
  std::ifstream stream(file);
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.empty()) continue;
    const nlohmann::json row = nlohmann::json::parse(line, nullptr, false);
    const bool fits = row.is_object() && row.contains("text") && row["text"].is_string() &&
                      row.contains("intent") && row["intent"].is_boolean();
    if (!fits) {
      out.left_out.push_back(file.string() + ":" + std::to_string(number) +
                             ": expected {\"text\": \"...\", \"intent\": true or false}");
      return;
    }
    found.push_back({.source = file.filename().string(),
                     .text = with_links(row["text"].get<std::string>()),
                     .asks = row["intent"].get<bool>()});
  }
  std::ranges::move(found, std::back_inserter(out.sentences));
}

}  // namespace

std::string read_bytes(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

Labelled read_folder(const fs::path& folder) {
  const test::TempFolder unpacked;
  const std::vector<fs::path> files = files_of(folder);
  const bool has_labels = std::ranges::any_of(files, is_labels);
  for (const fs::path& file : files) {
    if (has_labels && file.string().ends_with(".tar.xz")) unpack(file, unpacked.path());
  }
  Labelled out;
  for (const fs::path& file : files) {
    if (is_labels(file)) read_labels(file, unpacked.path(), out.mail);
    if (file.extension() == ".jsonl") read_sentences(file, out);
  }
  return out;
}

}  // namespace bench
