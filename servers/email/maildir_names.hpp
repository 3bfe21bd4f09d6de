#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The names that files and folders of a Maildir have, and what they say. No file system here.
namespace email {

enum class MailRole : std::uint8_t { None, Inbox, Drafts, Sent, Archive, Spam, Trash };

/// "inbox", "spam", ...; "none".
std::string_view role_name(MailRole role);

/// The role that a folder has by its name ("Junk", "INBOX.Sent", "Deleted Items"), whatever the
/// case.
MailRole role_of(std::string_view folder_name);

/// The file name up to ':' : what stays when other programs rename the file. mbsync's own suffix
/// ",U=12" is not part of it.
std::string_view unique_part(std::string_view file_name);

/// The letters after ":2,": D(raft) F(lagged) P(assed) R(eplied) S(een) T(rashed), and keywords in
/// lower case. "" where there is none.
std::string_view flag_letters(std::string_view file_name);

/// The same file with other letters, which are sorted and made unique: "abc:2,FS". "" gives
/// "abc:2,".
std::string with_flags(std::string_view file_name, std::string letters);

/// Letters of `flags` with those of `added` and without those of `removed`, sorted.
std::string changed_flags(std::string_view flags, std::string_view added, std::string_view removed);

/// A folder path as people call it: ".Archive.2024" and "Archive/2024" are both "Archive/2024", ""
/// is "INBOX"; names in IMAP's modified UTF-7 are decoded.
std::string folder_name(std::string_view path);

/// True for names that may be shown and kept: no control characters, at most 255 bytes.
bool is_sane_name(std::string_view name);

}  // namespace email
