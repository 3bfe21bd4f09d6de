#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "servers/common/journal.hpp"
#include "servers/email/maildir.hpp"

namespace email {

/// The folders of drafts beneath the server's own, each name with its '/'.
inline constexpr std::string_view kStaged = "staged/";  ///< Not yet, or no more, a draft.
inline constexpr std::string_view kDrafts = "drafts/";
inline constexpr std::string_view kOutbox = "outbox/";

/// The steps that a change takes in the Maildir and in the folders of drafts, as texts that the
/// journal keeps. Each can be done again or taken back again without harm.
std::string move_effect(const MailFile& file, const std::string& to_folder);
/// `flags`: the letters that the file is to have instead of its own.
std::string flags_effect(const MailFile& file, std::string_view flags);
std::string folder_effect(const std::string& folder);
/// `from` and `to` beneath the data folder: "staged/x.eml", "drafts/x.eml".
std::string draft_effect(std::string_view from, std::string_view to);

/// Performs them. A message that other mail programs renamed meanwhile is found by the unique part
/// of its name; what they did to it since is kept, or stands in the way and is named.
class MailEffects final : public common::Outside {
 public:
  /// `maildir` may be null (none was given) and outlives it, as does the folder `data`.
  MailEffects(const Maildir* maildir, std::filesystem::path data)
      : maildir_(maildir), data_(std::move(data)) {}

  /// Until then (while cut-off changes are settled at the start) a message that is nowhere any more
  /// is no problem; from then on it is refused.
  void expect_messages() { strict_ = true; }

  void apply(std::string_view effect) override;
  void revert(std::string_view effect) override;
  void forget(std::string_view effect) override;

 private:
  struct Step;
  void move(const Step& step, const std::string& from, const std::string& to) const;
  void set_flags(const Step& step, std::string_view before, std::string_view after) const;
  void move_draft(const std::string& from, const std::string& to) const;
  const Maildir& maildir() const;
  void report_missing(const MailFile& file, const std::string& expected) const;

  const Maildir* maildir_;
  std::filesystem::path data_;
  bool strict_{};
};

}  // namespace email
