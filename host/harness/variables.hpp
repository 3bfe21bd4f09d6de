#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// `${name}` in the texts of a test file. `$${` stands for a plain `${`; `${env.NAME}` is a
/// variable of the environment.
using Variables = std::map<std::string, nlohmann::json>;

/// A letter or _, then letters, digits, _; `env.` may stand in front.
bool is_variable_name(std::string_view name);

/// A text cut into what is plain and what are names.
struct Template {
  struct Part {
    bool is_name{};
    std::string text{};
  };
  std::vector<Part> parts{};
  std::string problem{};  ///< Why it cannot be read, with the remedy; empty if it can.
};
Template read_template(std::string_view text);

/// Hands each text in `value` (an object's names are none) to `look`.
void for_each_text(const nlohmann::json& value,
                   const std::function<void(const std::string& text)>& look);

/// `text` with its variables; those that are no text become JSON. Throws std::runtime_error for one
/// that is not known, naming those that are.
std::string expanded(std::string_view text, const Variables& variables);
/// The same for an RE2 pattern, in which each value stands for itself.
std::string expanded_pattern(std::string_view text, const Variables& variables);
/// The same for all texts in `value`. A text that is one variable and nothing else becomes its
/// value, whatever its type.
nlohmann::json expanded_json(const nlohmann::json& value, const Variables& variables);

/// `text` so that `expanded` gives it back.
std::string escaped(std::string_view text);

}  // namespace harness
