#include "servers/files/step.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <system_error>

#include "servers/files/paths.hpp"

namespace files {
namespace {

/// A line each: names may hold line breaks.
std::string line(std::string_view field) {
  std::string out;
  for (const char c : field) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\\') out += '\\';
      out += c;
    }
  }
  return out + "\n";
}

std::string field_of(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\') {
      out += line[i];
    } else if (++i < line.size()) {
      out += line[i] == 'n' ? '\n' : line[i];
    }
  }
  return out;
}

std::string number(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "";
}

}  // namespace

std::string to_string(const Step& step) {
  return line(std::to_string(static_cast<int>(step.kind))) + line(step.id) +
         line(step.path.native()) + line(step.target.native()) + line(to_string(step.before)) +
         line(to_string(step.after)) + line(number(step.stamp_ns)) +
         line(number(step.path_folder_ns)) + line(number(step.target_folder_ns));
}

Step step_from(std::string_view text) {
  constexpr std::size_t kFields = 9;
  std::array<std::string, kFields> fields;
  for (std::string& field : fields) {
    const std::size_t end = text.find('\n');
    assert(end != std::string_view::npos && "a step of this file");
    field = field_of(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  Step step{.kind = static_cast<Step::Kind>(std::stoi(fields[0])),
            .id = fields[1],
            .path = fields[2],
            .target = fields[3],
            .before = print_from(fields[4]),
            .after = print_from(fields[5]),
            .stamp_ns = std::stoll(fields[6])};
  if (!fields[7].empty()) step.path_folder_ns = std::stoll(fields[7]);
  if (!fields[8].empty()) step.target_folder_ns = std::stoll(fields[8]);
  return step;
}

std::vector<std::filesystem::path> Step::touched() const {
  switch (kind) {
    case Kind::Move:
      return {path, target};
    case Kind::MakeFolders:
    case Kind::Copy:
      return {target};
    default:
      return {path};
  }
}

bool overlap(const Step& one, const Step& other) {
  return std::ranges::any_of(one.touched(), [&](const std::filesystem::path& mine) {
    return std::ranges::any_of(other.touched(), [&](const std::filesystem::path& theirs) {
      return common::is_in(mine, theirs) || common::is_in(theirs, mine);
    });
  });
}

std::string new_id() {
  std::array<unsigned char, 8> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::system_error(errno, std::generic_category(), "getrandom");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (const unsigned char byte : bytes) {
    id += kDigits[byte >> 4];
    id += kDigits[byte & 0xf];
  }
  return id;
}

}  // namespace files
