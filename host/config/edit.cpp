#include "host/config/edit.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace host {

namespace fs = std::filesystem;

namespace {

/// The byte at which a line and column (from 1, columns in code points) begin.
std::size_t offset_of(std::string_view text, const toml::source_position& position) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < position.line; ++line) at = text.find('\n', at) + 1;
  for (std::uint32_t column = 1; column < position.column && at < text.size(); ++at) {
    const bool last_of_code_point =
        at + 1 == text.size() || (static_cast<unsigned char>(text[at + 1]) & 0xC0U) != 0x80U;
    if (last_of_code_point) ++column;
  }
  return at;
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::string edited(const std::string& text, std::string_view table, std::string_view key,
                   const std::string& value) {
  const toml::table root = toml::parse(text);
  const toml::node_view section = root.at_path(table);
  const std::string line = std::string(key) + " = " + value + "\n";
  if (const toml::node* old = section[key].node()) {
    const std::size_t begin = offset_of(text, old->source().begin);
    const std::size_t end = offset_of(text, old->source().end);
    return text.substr(0, begin) + value + text.substr(end);
  }
  const std::string gap = text.empty() || text.ends_with('\n') ? "" : "\n";
  if (section.node() != nullptr) {
    const std::size_t after = end_of_line(text, offset_of(text, section.node()->source().begin));
    return text.substr(0, after) + (after == text.size() ? gap : "") + line + text.substr(after);
  }
  return text + gap + (text.empty() ? "" : "\n") + "[" + std::string(table) + "]\n" + line;
}

bool holds(const std::string& text, std::string_view table, std::string_view key,
           const std::string& value) {
  try {
    const toml::table wanted = toml::parse("value = " + value);
    const toml::table root = toml::parse(text);
    const toml::node* node = root.at_path(table)[key].node();
    if (node == nullptr) return false;
    toml::table found;
    found.insert("value", *node);
    return found == wanted;
  } catch (const toml::parse_error&) {
    return false;
  }
}

}  // namespace

std::string toml_text(std::string_view text) {
  std::ostringstream out;
  out << toml::table{{"value", std::string(text)}};
  return out.str().substr(std::string("value = ").size());
}

std::string toml_list(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) list += (list.size() > 1 ? ", " : "") + toml_text(text);
  return list + "]";
}

std::string with_value(const std::string& text, std::string_view table, std::string_view key,
                       const std::string& value) {
  const std::string result = edited(text, table, key, value);
  if (holds(result, table, key, value)) return result;
  throw std::runtime_error("the configuration leaves no place for it; write by hand: [" +
                           std::string(table) + "] " + std::string(key) + " = " + value);
}

void set_in_file(const fs::path& file, std::string_view table, std::string_view key,
                 const std::string& value) {
  if (file.extension() == ".json")
    throw std::runtime_error(file.string() +
                             " is in the form of another client and is not changed; give a TOML "
                             "file with --config, or name it on each command line");
  std::error_code error;
  const fs::path real = fs::exists(file, error) ? fs::canonical(file) : file;
  std::string text;
  if (fs::exists(real, error)) {
    std::ifstream in(real, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(in), {});
  } else if (real.has_parent_path()) {
    fs::create_directories(real.parent_path());
  }
  const std::string changed = with_value(text, table, key, value);
  const fs::path fresh = real.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << changed;
    out.flush();
    if (!out) throw std::runtime_error("cannot write " + fresh.string());
  }
  fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(fresh, real);
}

std::vector<std::string> with_option(std::vector<std::string> args, const std::string& option,
                                     const std::string& value) {
  const auto found = std::find(args.begin(), args.end(), option);
  if (found == args.end()) {
    args.insert(args.end(), {option, value});
  } else if (found + 1 == args.end()) {
    args.push_back(value);
  } else {
    *(found + 1) = value;
  }
  return args;
}

}  // namespace host
