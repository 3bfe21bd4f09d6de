#include "host/harness/variables.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kEnvironment = "env.";

bool is_word(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

Json value_of(const std::string& name, const Variables& variables) {
  if (name.starts_with(kEnvironment)) {
    const std::string variable = name.substr(kEnvironment.size());
    const char* value = std::getenv(variable.c_str());
    if (value != nullptr) return value;
    throw std::runtime_error("${" + name + "}: the environment has no " + variable +
                             "; set it before the run");
  }
  if (const auto found = variables.find(name); found != variables.end()) return found->second;
  std::string known;
  for (const auto& [each, value] : variables) known += (known.empty() ? "" : ", ") + each;
  throw std::runtime_error("${" + name + "} has no value here; there are: " + known);
}

std::string spelled(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

bool is_variable_name(std::string_view name) {
  return is_word(name.starts_with(kEnvironment) ? name.substr(kEnvironment.size()) : name);
}

Template read_template(std::string_view text) {
  Template read;
  std::string plain;
  while (!text.empty()) {
    const std::size_t at = text.find("${");
    if (at == text.npos) break;
    if (at > 0 && text[at - 1] == '$') {
      plain.append(text.substr(0, at - 1)).append("${");
      text.remove_prefix(at + 2);
      continue;
    }
    const std::size_t end = text.find('}', at);
    const std::string_view name = text.substr(at + 2, end == text.npos ? 0 : end - at - 2);
    if (!is_variable_name(name)) {
      read.problem = "\"" + std::string(text.substr(at, 20)) +
                     "\" begins no variable; write ${name}, or $${ for a plain ${";
      return read;
    }
    plain.append(text.substr(0, at));
    if (!plain.empty()) read.parts.push_back({.text = std::move(plain)});
    plain.clear();
    read.parts.push_back({.is_name = true, .text = std::string(name)});
    text.remove_prefix(end + 1);
  }
  plain.append(text);
  if (!plain.empty()) read.parts.push_back({.text = std::move(plain)});
  return read;
}

void for_each_text(const Json& value, const std::function<void(const std::string&)>& look) {
  if (value.is_string()) return look(value.get_ref<const std::string&>());
  if (!value.is_structured()) return;
  for (const Json& each : value) for_each_text(each, look);
}

std::string expanded(std::string_view text, const Variables& variables) {
  std::string out;
  for (const Template::Part& part : read_template(text).parts) {
    out += part.is_name ? spelled(value_of(part.text, variables)) : part.text;
  }
  return out;
}

std::string expanded_pattern(std::string_view text, const Variables& variables) {
  std::string out;
  for (const Template::Part& part : read_template(text).parts) {
    out += part.is_name ? RE2::QuoteMeta(spelled(value_of(part.text, variables))) : part.text;
  }
  return out;
}

Json expanded_json(const Json& value, const Variables& variables) {
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    const Template read = read_template(text);
    if (read.parts.size() == 1 && read.parts.front().is_name) {
      return value_of(read.parts.front().text, variables);
    }
    return expanded(text, variables);
  }
  if (!value.is_structured()) return value;
  Json out = value;
  for (Json& each : out) each = expanded_json(each, variables);
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("${")) out.push_back('$');
    out.push_back(text[at]);
  }
  return out;
}

}  // namespace harness
