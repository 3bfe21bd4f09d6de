#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace host {

/// Writes what a command line named into the configuration, so that later commands know it. Nothing
/// else in the file changes: comments, order and layout stay.

std::string toml_text(std::string_view text);
std::string toml_list(const std::vector<std::string>& texts);

/// `text` with [table] key = value, where `value` is TOML and `table` dotted. Throws
/// std::runtime_error with the lines to write by hand if the file's layout leaves no place for it.
std::string with_value(const std::string& text, std::string_view table, std::string_view key,
                       const std::string& value);

/// The same for a file, made where it is missing, replaced in one step.
void set_in_file(const std::filesystem::path& file, std::string_view table, std::string_view key,
                 const std::string& value);

/// `args` with the value of `option` replaced, or both added.
std::vector<std::string> with_option(std::vector<std::string> args, const std::string& option,
                                     const std::string& value);

}  // namespace host
