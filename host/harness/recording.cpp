#include "host/harness/recording.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "host/harness/json_pointer.hpp"
#include "host/harness/recorded_expectation.hpp"
#include "host/harness/variables.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kOpaqueMin = 8;
constexpr std::size_t kContextMax = 24;  // Bytes before a value in a text that find it again.

/// Hands each text and whole number in `value` to `look`, with the key that it stands under.
template <class Look>
void for_each_leaf(Json& value, const std::string& key, const Look& look) {
  if (value.is_object()) {
    for (const auto& [name, each] : value.items()) for_each_leaf(each, name, look);
  } else if (value.is_array()) {
    for (Json& each : value) for_each_leaf(each, key, look);
  } else if (value.is_string() || value.is_number_integer()) {
    look(value, key);
  }
}

struct Leaf {
  std::string pointer{};
  std::string key{};
  Json value{};
};

void gather_leaves(const Json& value, const std::string& pointer, const std::string& key,
                   std::vector<Leaf>& leaves) {
  if (value.is_object()) {
    for (const auto& [name, each] : value.items()) {
      gather_leaves(each, pointer + pointer_step(name), name, leaves);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      gather_leaves(value[i], pointer + "/" + std::to_string(i), key, leaves);
    }
  } else if (value.is_string() || value.is_number_integer()) {
    leaves.push_back({.pointer = pointer, .key = key, .value = value});
  }
}

bool names_an_id(const std::string& key) {
  static const RE2 pattern("(?:^|[_a-z-])(?:[iI][dD]s?|uuid|token|[cC]ursor|[hH]andle|revision)$");
  return RE2::PartialMatch(key, pattern);
}

/// Letters and digits mixed, without white space: nobody types that.
bool looks_opaque(const std::string& text) {
  static const RE2 pattern("^[A-Za-z0-9_.:+/=-]*$");
  return text.size() >= kOpaqueMin && RE2::FullMatch(text, pattern) &&
         text.find_first_of("0123456789") != text.npos &&
         std::ranges::any_of(text, [](unsigned char c) { return std::isalpha(c) != 0; });
}

bool is_worth_capturing(const Json& value, const std::string& used_as,
                        const std::string& shown_as) {
  if (names_an_id(used_as) || names_an_id(shown_as)) return true;
  return value.is_string() && looks_opaque(value.get<std::string>());
}

/// A pattern that finds `value` in `text` by what stands before it on its line.
std::optional<std::string> pattern_for(const std::string& text, const std::string& value) {
  const std::size_t at = text.find(value);
  if (at == text.npos) return std::nullopt;
  const std::size_t line = text.rfind('\n', at) == text.npos ? 0 : text.rfind('\n', at) + 1;
  std::size_t begin = std::max(line, at - std::min(at, kContextMax));
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::string before = RE2::QuoteMeta(text.substr(begin, at - begin));
  for (const char* const form : {R"(([^\s"'<>,;()]+))", R"((\w[\w-]*))"}) {
    const std::string pattern = (begin == line ? "(?m)^" : "") + before + form;
    std::string found;
    if (RE2::PartialMatch(text, pattern, &found) && found == value) return pattern;
  }
  return std::nullopt;
}

/// Where values of answers are used again.
class Linker {
 public:
  explicit Linker(const Session& session) : session_(session) {
    for (const RecordedCall& call : session.heard.calls) {
      steps_.push_back({.call = call.tool, .arguments = call.arguments});
      Json escaped_arguments = call.arguments;
      for_each_leaf(escaped_arguments, "", [&](Json& leaf, const std::string&) {
        said_.try_emplace(leaf.dump(), steps_.size() - 1);
        if (leaf.is_string()) leaf = with_folder(escaped(leaf.get<std::string>()));
      });
      steps_.back().arguments = std::move(escaped_arguments);
      leaves_.emplace_back();
      gather_leaves(call.seen.structured, "", "", leaves_.back());
    }
  }

  std::vector<Step> link() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      Json original = session_.heard.calls[i].arguments;
      std::vector<std::string> replaced;
      for_each_leaf(original, "", [&](Json& leaf, const std::string& key) {
        replaced.push_back(variable_for(i, leaf, key));
      });
      std::size_t next = 0;
      for_each_leaf(steps_[i].arguments, "", [&](Json& leaf, const std::string&) {
        const std::string& name = replaced[next++];
        if (!name.empty()) leaf = "${" + name + "}";
      });
    }
    capture_opaque();
    return std::move(steps_);
  }

 private:
  std::string with_folder(std::string text) const {
    const std::string folder = session_.folder.string();
    if (folder.empty()) return text;
    for (std::size_t at = 0; (at = text.find(folder, at)) != text.npos; at += 9) {
      text.replace(at, folder.size(), "${folder}");
    }
    return text;
  }

  bool client_said(const Json& value, std::size_t step) const {
    const auto said = said_.find(value.dump());
    return said != said_.end() && said->second <= step;
  }

  /// The variable that holds `value` when call `user` is made; empty if it is the client's own.
  std::string variable_for(std::size_t user, const Json& value, const std::string& key) {
    if (const auto known = names_.find(value.dump()); known != names_.end()) {
      return known->second.step < user && is_worth_capturing(value, key, known->second.key)
                 ? known->second.name
                 : "";
    }
    for (std::size_t source = 0; source < user; ++source) {
      if (client_said(value, source)) return "";
      for (const Leaf& leaf : leaves_[source]) {
        if (leaf.value == value && is_worth_capturing(value, key, leaf.key)) {
          return capture(source, leaf.key, value, {.pointer = leaf.pointer});
        }
      }
      if (!value.is_string() || !session_.heard.calls[source].seen.structured.is_null()) continue;
      if (!is_worth_capturing(value, key, "")) continue;
      if (const auto pattern = pattern_for(session_.heard.calls[source].seen.text, value)) {
        return capture(source, key, value, {.pattern = *pattern});
      }
    }
    return "";
  }

  std::string capture(std::size_t step, const std::string& key, const Json& value, Capture how) {
    how.name = fresh_name(key);
    names_[value.dump()] = {.name = how.name, .key = key, .step = step};
    steps_[step].captures.push_back(how);
    return how.name;
  }

  std::string fresh_name(const std::string& key) {
    std::string base;
    for (const char c : key) base.push_back(std::isalnum(static_cast<unsigned char>(c)) ? c : '_');
    if (!is_variable_name(base) || base == "folder" || base == "here" || base == "client")
      base = "value";
    std::string name = base;
    for (int number = 2; !taken_.insert(name).second; ++number) {
      name = base + "_" + std::to_string(number);
    }
    return name;
  }

  /// Ids that nobody used again, but that will be others at the next run.
  void capture_opaque() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      for (const Leaf& leaf : leaves_[i]) {
        if (!leaf.value.is_string() || !names_an_id(leaf.key)) continue;
        const std::string text = leaf.value.get<std::string>();
        if (!looks_opaque(text) || client_said(leaf.value, i)) continue;
        if (!names_.contains(leaf.value.dump())) {
          capture(i, leaf.key, leaf.value, {.pointer = leaf.pointer});
        }
      }
    }
  }

  struct Known {
    std::string name{};
    std::string key{};
    std::size_t step{};
  };
  const Session& session_;
  std::vector<Step> steps_;
  std::vector<std::vector<Leaf>> leaves_;    ///< Of each answer.
  std::map<std::string, std::size_t> said_;  ///< By value: the first call whose arguments held it.
  std::map<std::string, Known> names_;       ///< By value.
  std::set<std::string> taken_;
};

}  // namespace

std::vector<Step> steps_of(const Session& session) {
  std::vector<Step> steps = Linker(session).link();
  RecordedValues values(session);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Seen& seen = session.heard.calls[i].seen;
    for (const Capture& each : steps[i].captures) values.know(each, seen);
    steps[i].expect = values.expectation(seen, steps[i].captures);
  }
  return steps;
}

}  // namespace harness
